"""The settings, from environment variables ROLEGRAPH_…, read once at the edge and handed on as plain values."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What may be set from outside. User, password and CA of a store's server are read by the store itself."""

    model_config = SettingsConfigDict(env_prefix="ROLEGRAPH_", frozen=True)

    store: str = "sqlite:///rolegraph.db"
    """URL of the store that a command works on where no --store is given."""

    base_iri: str | None = None
    """What the IRIs of an export begin with; None: the default of ontology.terms."""

    taxonomy: Path | None = None
    """A user's own skills, where no --taxonomy is given: so the store keeps them in every load and refresh."""

    taxonomy_only: bool = False
    """Whether these take the place of the built-in skills, rather than extend them."""

    max_bytes: PositiveInt = 50_000_000
    """The most bytes of one document, unpacked, and of a row of a table; a zip may hold forty times as many."""

    limits: dict[str, PositiveInt] = {}
    """What one GraphQL operation may ask for, as JSON: {"depth": 16}; the names are those of api.graphql.limits."""

    api_keys: str = ""
    """Who may ask the API: name:scope:sha256hex, with commas between them or as a JSON list. Read by api.keys.parse,
    whose errors do not show what stands in it. Without keys all may read and nobody may write.
    """

    max_request_bytes: PositiveInt = 1_000_000
    """The most bytes of one GraphQL request; one with files may have max_bytes."""

    body_seconds: PositiveInt = 10
    """How long the body of a request may take to come in."""

    threads: PositiveInt = 8
    """How many requests a server process answers at a time."""

    cors_origins: list[str] = []
    """The sites whose pages may ask from a browser, as JSON: ["https://app.example.org"]; none: only our own."""

    page: bool = True
    """Whether browsers are shown the planners' page at /."""

    graphiql: bool = True
    """Whether browsers are shown GraphiQL at /graphql."""

    linked_data: bool = True
    """Whether the server gives the graph as RDF: /id, /ontology, /export and their like."""

    sparql: bool = True
    """Whether the server answers SPARQL at /sparql."""

    sparql_seconds: PositiveInt = 30
    """How long one query of SPARQL may take."""

    sparql_rows: PositiveInt = 100_000
    """The most rows or triples of an answer to SPARQL; with more it is refused, and not cut."""

    sparql_processes: PositiveInt = 2
    """How many queries of SPARQL a server process answers at a time, each in a process of its own."""

    sparql_memory: PositiveInt = 2_000_000_000
    """The most bytes of memory that such a process may take, where the system can bound it (Linux)."""

    introspection: bool = True
    """Whether the schema can be asked for. GraphiQL and tools that generate code need that."""

    trusted_documents: Path | None = None
    """A JSON file of the only queries that are answered, by their SHA-256; none: any query is."""

    log: Literal["json", "text", "off"] = "text"
    """The form of the server's log on standard error; off: only what went wrong."""

    metrics: bool = True
    """Whether the server tells its metrics at /metrics."""

    otel: bool | None = None
    """Whether it sends spans by OpenTelemetry; None: if OpenTelemetry's own variables say where to."""

    shutdown_seconds: PositiveInt = 20
    """How long a server that is told to stop waits for the requests that it is answering."""

    hosts: list[str] = []
    """The names by which the server may be called (header Host), as JSON: ["api.example.org"], beside localhost; none:
    any.
    """
