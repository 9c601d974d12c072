"""Neo4j: the rows of jobs, a node each with a label of the store's own."""

from __future__ import annotations

from collections.abc import Collection

from neo4j import Transaction

from graphmodel import jobs
from graphmodel.jobs import Job
from graphmodel.stores.neo4j_rows import Labels

_NOW = "timestamp() / 1000.0"


def put(tx: Transaction, labels: Labels, changed: Collection[Job]) -> None:
    """Writes jobs as they are now by the server's clock, and lets go of old ones."""
    label = labels.own("Job")
    rows = [[job.id, job.state, jobs.packed(job)] for job in changed]
    tx.run(
        f"UNWIND $rows AS row MERGE (j:`{label}` {{id: row[0]}}) ON CREATE SET j.asked = {_NOW} "
        f"SET j.state = row[1], j.told = row[2], j.updated = {_NOW}, "
        f"j.started = coalesce(j.started, CASE WHEN row[1] IN $begun THEN {_NOW} END)",
        rows=rows,
        begun=list(jobs.BEGUN),
    ).consume()
    if any(job.finished for job in changed):
        tx.run(
            f"MATCH (j:`{label}`) WHERE NOT j.state IN ['queued', 'running'] OR j.updated < {_NOW} - $silent "
            "WITH j ORDER BY j.asked DESC, j.id DESC SKIP $kept DELETE j",
            silent=jobs.SILENT_SECONDS,
            kept=jobs.KEPT,
        ).consume()


def get(tx: Transaction, labels: Labels, ids: Collection[str] | None, limit: int | None) -> list[Job]:
    match = f"MATCH (j:`{labels.own('Job')}`)"
    if ids is not None:
        match = f"UNWIND $ids AS id {match[:-1]} {{id: id}})"
    query = f"{match} RETURN {_NOW}, j.id, j.state, j.asked, j.started, j.updated, j.told "
    query += "ORDER BY j.asked DESC, j.id DESC" + ("" if limit is None else " LIMIT $limit")
    chosen = None if ids is None else sorted(set(ids))
    return [jobs.unpacked(*row) for row in tx.run(query, ids=chosen, limit=limit).values()]
