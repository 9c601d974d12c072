// @neo4j/graphql on a Neo4j, answering at /graphql of a free port, which it tells on its first line.
// NEO4J_URL, NEO4J_USER and NEO4J_PASSWORD name the database.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const { NEO4J_URL, NEO4J_USER, NEO4J_PASSWORD } = process.env;
const driver = neo4j.driver(NEO4J_URL, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD));
const typeDefs = readFileSync(new URL("schema.graphql", import.meta.url), "utf8");
const features = { filters: { String: { GT: true } } }; // pages that begin after a name
const schema = await new Neo4jGraphQL({ typeDefs, driver, features }).getSchema();
// The name of the database spares the driver asking for it.
const context = { sessionConfig: { database: "neo4j" } };
const yoga = createYoga({ schema, context: () => ({ ...context }), graphiql: false, landingPage: false, logging: false });
const server = createServer(yoga);
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/graphql`));
