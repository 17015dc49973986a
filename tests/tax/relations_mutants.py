"""Returns computed by the true code, and by code with a planted fault: what the relations must tell apart."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import replace
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any

import numpy as np

from rothwell.law import Growth, figures, law_record
from rothwell.provision import _plain
from rothwell.tax.facts import Facts, parts_of
from rothwell.tax.federal import Form1040, best_return
from rothwell.tax.many_returns import compute
from tests.tax.generated_returns import Floats, Returns

Results = dict[str, Floats]
Compute = Callable[[Returns, Any], Results]
Change = Callable[[str, Any], Any]


def computed(returns: Returns, law: Any) -> Results:
    """Every result of the returns, by the compiled code."""
    return compute(returns.columns, returns.status, law, Form1040._fields, threads=1)


def total_tax(returns: Returns, law: Any) -> Floats:
    """What the returns cost, by the compiled code."""
    return compute(returns.columns, returns.status, law, ("total_tax",), threads=1)["total_tax"]


def changed_law(year: int, change: Change) -> Any:
    """The law of a year with each figure as `change` of its name and value."""
    known = {}
    for name, one in figures().items():
        value = one.value(year).value if one.first_year <= year else next(iter(one.values.values()))
        known[name] = replace(one, values={year: change(name, value)}, rule=None, projected_years=frozenset())
    return law_record(year, known, Growth())[0]


def mutant(rule: Callable[..., Any], right: str, wrong: str) -> Compute:
    """The returns by the interpreted twin of the code, with one text of a rule put in place of another."""
    tables: dict[int, dict[str, Any]] = {}
    whole, parts = _plain(best_return, tables), _plain(parts_of, tables)
    source: Any = getattr(rule, "py_func", rule)
    for names in tables.values():
        if source.__name__ in names:
            home = next(table for table in tables.values() if table["__name__"] == source.__module__)
            names[source.__name__] = FunctionType(_code(source, right, wrong), home, source.__name__)

    def compute_by_rows(returns: Returns, law: Any) -> Results:
        held = _plainly_held(law)
        nothing = np.zeros(len(returns))
        rows = np.stack([returns.columns.get(name, nothing) for name in Facts._fields], axis=1)
        found = []
        with np.errstate(all="ignore"):
            for row, status in zip(rows.tolist(), returns.status.tolist(), strict=True):
                facts = Facts(*row)
                found.append(whole(facts, parts(facts, held), status, held))
        return dict(zip(Form1040._fields, np.array(found, dtype=float).T, strict=True))

    return compute_by_rows


def _code(source: Any, right: str, wrong: str) -> CodeType:
    """The code of a function with a text replaced; the text stands in it once."""
    text = textwrap.dedent(inspect.getsource(source))
    assert text.count(right) == 1, (source.__name__, right, text.count(right))
    module = ast.parse("from __future__ import annotations\n" + text.replace(right, wrong))
    module.body[1].decorator_list = []  # type: ignore[attr-defined]
    compiled = compile(module, source.__module__, "exec")
    return next(one for one in compiled.co_consts if isinstance(one, CodeType))


def _plainly_held(law: Any) -> Any:
    """A law record as plain objects, which the interpreter reads faster."""
    held = {}
    for section in law.dtype.names:
        fields = {field: law[section][field] for field in law[section].dtype.names}
        held[section] = SimpleNamespace(
            **{field: value if np.ndim(value) else float(value) for field, value in fields.items()}
        )
    return SimpleNamespace(**held)
