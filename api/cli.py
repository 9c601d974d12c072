"""The command `rolegraph`: the commands in the order of its help; each is thin over pipeline, questions and export."""

from __future__ import annotations

import errno
import sys

import typer

from api.commands import (
    browsing,
    checking,
    curation,
    diffing,
    documents,
    exporting,
    finding,
    importing,
    keys,
    likeness,
    outside,
    planning,
    querying,
    questions,
)
from graphmodel.errors import BadInput, RolegraphError

app = typer.Typer(
    help="Chinese job documents as a graph of roles, duties, skills and departments. 岗位文档的知识图谱。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for command in (
    documents.load,
    documents.forget,
    documents.refresh,
    documents.extract,
    questions.shared,
    planning.gap,
    planning.paths,
    likeness.similar,
    likeness.match,
    planning.profile,
    planning.compare,
    likeness.requiring,
    likeness.hubs,
    finding.find,
    questions.roles,
    browsing.requirements,
    browsing.taxonomy,
    browsing.neighbours,
    browsing.facets,
    browsing.stats,
    curation.candidates,
    exporting.export,
    diffing.diff,
    importing.import_,
    querying.sparql,
    outside.copy,
    checking.check,
    outside.serve,
    keys.key,
    outside.demo,
):
    app.command(command.__name__.rstrip("_"))(command)


def main() -> None:
    """The console script. Exit codes: 0 done, 1 not found or a document failed, 2 usage, 3 store not to be used."""
    from api import console

    console.prepare()
    try:
        app()
    except RolegraphError as error:
        console.explain(error)
        sys.exit(console.exit_code(error))
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        import tempfile

        console.explain(BadInput(f"{error.strerror}.", f"Make room where you write, and in {tempfile.gettempdir()}."))
        sys.exit(1)
