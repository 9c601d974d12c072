"""The settings, from environment variables ROLEGRAPH_…, read once at the edge and handed on as plain values."""

from __future__ import annotations

from pathlib import Path

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
