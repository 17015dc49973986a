"""The forms of a year as sections of a report and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rothwell.mega_backdoor.distribution import DESTINATIONS
from rothwell.mega_backdoor.form_line import FormLine
from rothwell.mega_backdoor.form_w2 import FormW2
from rothwell.mega_backdoor.forms import Form1099R
from rothwell.mega_backdoor.forms_of_year import FormsOfYear, PersonForms
from rothwell.mega_backdoor.ira_forms import Form5498
from rothwell.report.blocks import Grid, Section
from rothwell.report.capacity_text import dollars, rounded

SHARE = "10"  # the line of Form 8606 that is a share, not dollars
KINDS = {"traditional_ira": "Traditional IRA", "roth_ira": "Roth IRA"}
IRA = "traditional IRA"


def forms_json(forms: FormsOfYear) -> dict[str, Any]:
    """The answer as data for JSON, dollars rounded to cents; the keys are documented in docs/json.md."""
    return {
        "year": forms.year,
        "by": forms.by,
        "form_5498_by": forms.form_5498_by,
        "people": [_person_json(person) for person in forms.people],
        "form_1040": [{"filers": list(one.filers), "lines": _lines_json(one.lines)} for one in forms.returns],
        "checks": rounded(forms.checks),
    }


def _person_json(person: PersonForms) -> dict[str, Any]:
    of_iras = person.of_iras
    return {
        "name": person.name,
        "form_w2": rounded(person.w2),
        "form_1099r": [{"payer": payer} | rounded(form) for payer, form in _forms_1099r(person)],
        "form_5498": rounded(of_iras.form_5498),
        "form_8606": _lines_json(of_iras.form_8606),
        "form_5329": _lines_json(of_iras.form_5329),
    }


def _forms_1099r(person: PersonForms) -> Iterator[tuple[str, Form1099R]]:
    """The payer and the form."""
    yield from ((one.employer, one.form) for one in person.of_plans)
    yield from ((IRA, form) for form in person.of_iras.form_1099r)


def _lines_json(lines: Iterable[FormLine]) -> list[dict[str, Any]]:
    return [
        {
            "number": line.number,
            "words": line.words,
            "value": round(line.value, 6) if line.number == SHARE else rounded(float(line.value)),
            "entry": line.entry,
        }
        for line in lines
    ]


def forms_sections(forms: FormsOfYear) -> Iterator[Section]:
    """Each person's forms, the lines of the return, then what to check."""
    for person in forms.people:
        grids = tuple(_grids(person))
        none = (f"No forms of jobs, plans or IRAs are expected for {forms.year}.",)
        yield Section("forms", f"{person.name}, {forms.year}", paragraphs=() if grids else none, grids=grids)
    grids = tuple(_lines(f"Form 1040 of {' and '.join(one.filers)}", one.lines) for one in forms.returns)
    yield Section("form_1040", "The return", grids=grids)
    points = tuple(f"{one.words} ({one.law})" for one in forms.checks)
    arrive = (
        f"Forms W-2 and 1099-R should be there by {forms.by}, Forms 5498 by {forms.form_5498_by}, after the return.",
    )
    yield Section("checks", "When the forms arrive", paragraphs=arrive, points=points)


def _grids(person: PersonForms) -> Iterator[Grid]:
    if person.w2:
        yield _w2(person.w2)
    of_payers = tuple(_forms_1099r(person))
    if of_payers:
        yield _of_payers(of_payers)
    if person.of_iras.form_5498:
        yield _of_trustees(person.of_iras.form_5498)
    if person.of_iras.form_8606:
        yield _lines("Form 8606, to fill in", person.of_iras.form_8606)
    if person.of_iras.form_5329:
        yield _lines("Form 5329, to fill in", person.of_iras.form_5329)


def _w2(forms: Sequence[FormW2]) -> Grid:
    columns = ("Form W-2", "1 Wages", "3 Social Security", "5 Medicare", "12 Codes", "13 Plan", "14 After-tax")
    rows = tuple(
        (
            one.employer,
            dollars(one.box_1),
            dollars(one.box_3),
            dollars(one.box_5),
            ", ".join(f"{entry.code} {dollars(entry.amount)}" for entry in one.box_12),
            "checked" if one.box_13_retirement_plan else "",
            dollars(one.box_14_after_tax) if one.box_14_after_tax else "",
        )
        for one in forms
    )
    return Grid("From the employers, by box", columns, rows, words=frozenset({4, 5}))


def _of_payers(forms: Sequence[tuple[str, Form1099R]]) -> Grid:
    columns = ("Form 1099-R", "To", "1 Gross", "2a Taxable", "5 After-tax", "7 Code")
    rows = tuple(
        (
            payer,
            DESTINATIONS[form.to].words if form.to in DESTINATIONS else form.to,
            dollars(form.box_1),
            dollars(form.box_2a),
            dollars(form.box_5) if form.box_5 else "",
            (form.box_7 or _either(form)) + (", IRA" if form.box_7_ira else ""),
        )
        for payer, form in forms
    )
    unknown = any(form.box_2b_not_determined for _, form in forms)
    note = 'IRA: box 2b "Taxable amount not determined" is checked; Form 8606 tells what is taxable.'
    return Grid(
        "From plans and IRAs that paid, by box", columns, rows, (note,) if unknown else (), words=frozenset({1, 5})
    )


def _either(form: Form1099R) -> str:
    """The codes of a year in which 59 1/2 is reached: the day decides."""
    return "2 or 7" if form.to in DESTINATIONS else "1 or 7"


def _of_trustees(forms: Sequence[Form5498]) -> Grid:
    columns = ("Form 5498", "1 Put in", "2 Rollovers", "3 Converted", "4 Recharacterized", "5 Value", "10 Roth")
    rows = tuple(
        (
            KINDS[one.kind],
            dollars(one.box_1),
            dollars(one.box_2),
            dollars(one.box_3),
            dollars(one.box_4),
            "not known" if one.box_5 is None else dollars(one.box_5),
            dollars(one.box_10),
        )
        for one in forms
    )
    return Grid("From the trustees of IRAs, by box", columns, rows)


def _lines(caption: str, lines: Iterable[FormLine]) -> Grid:
    rows = tuple(
        (
            f"{line.number}  {line.words}",
            f"{line.value:.6f}".rstrip("0").rstrip(".") if line.number == SHARE else dollars(line.value),
            line.entry,
        )
        for line in lines
    )
    marked = any(row[2] for row in rows)
    columns = ("Line", "Dollars", "Box")
    return Grid(
        caption,
        columns if marked else columns[:2],
        rows if marked else tuple(row[:2] for row in rows),
        words=frozenset({2}),
    )
