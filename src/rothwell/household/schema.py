"""The JSON Schema of the household file, made from the models: editors complete and check with it."""

from __future__ import annotations

from typing import Any

from rothwell.household.models import Household

NULL = {"type": "null"}


def json_schema() -> dict[str, Any]:
    """The schema, draft 2020-12, shipped as household.schema.json."""
    schema: dict[str, Any] = _plain(Household.model_json_schema(mode="validation"))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "rothwell household", **schema}


def _plain(node: Any) -> Any:
    """Without the titles that only repeat the keys, and without null, which TOML does not have."""
    if isinstance(node, list):
        return [_plain(part) for part in node]
    if not isinstance(node, dict):
        return node
    plain = {
        key: _plain(part)
        for key, part in node.items()
        if not (key == "title" and isinstance(part, str)) and not (key == "default" and part is None)
    }
    if NULL in plain.get("anyOf", []):
        kinds = [kind for kind in plain.pop("anyOf") if kind != NULL]
        plain |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    return plain
