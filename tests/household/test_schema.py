"""The JSON Schema that is shipped is that of the models, and accepts what the loader accepts."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from rothwell.household import json_schema

SHIPPED = json.loads(resources.files("rothwell").joinpath("household.schema.json").read_text(encoding="utf-8"))
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def as_json(value: Any) -> Any:
    """Parsed TOML with dates as text, the way editors check it."""
    if isinstance(value, dict):
        return {key: as_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def test_the_shipped_schema_is_that_of_the_models() -> None:
    assert json_schema() == SHIPPED


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_schema_accepts_the_examples(path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SHIPPED)
    jsonschema.validate(as_json(tomllib.loads(path.read_text())), SHIPPED)


def test_the_schema_refuses_an_unknown_key_and_a_negative_balance() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    couple = as_json(tomllib.loads((EXAMPLES / "couple.toml").read_text()))
    couple["accounts"][0]["balance"] = -1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(couple, SHIPPED)
    couple["accounts"][0]["balance"] = "310k"
    jsonschema.validate(couple, SHIPPED)
    couple["jobs"][0]["salary"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(couple, SHIPPED)
