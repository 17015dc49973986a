"""Slips in [people.ira], [people.hsa] and [payments], each refused at its line."""

from __future__ import annotations

import pytest

from rothwell.errors import InputError
from tests.mega_backdoor.outside import job, person, read

PAYMENTS = (
    "[payments]\nas_of = 2026-05-01\nprior_year_tax = 1\nprior_year_agi = 1\nwithheld_so_far = 0\n"
    "withholding_to_come = 0\n"
)
VEST = '[[payments.income]]\nname = "v"\nkind = "vest"\ndate = 2026-08-15\namount = 10\n'


def refused(*tables: str, **how: object) -> str:
    with pytest.raises(InputError) as caught:
        read(*tables, **how)
    assert caught.value.line is not None
    return str(caught.value)


@pytest.mark.parametrize(
    ("hsa", "words"),
    [
        ('coverage = [{ kind = "both" }]', "is not one of the choices"),
        ("coverage = []", "must not be empty"),
        ("own_contributions = 5", "coverage: is required"),
        ('coverage = [{ kind = "family", first_month = 13 }]', "is out of range"),
        ('coverage = [{ kind = "family", first_month = 7, last_month = 6 }]', "is before the first_month"),
        ('coverage = [{ kind = "family" }, { kind = "self_only" }]', "has months that are listed before"),
        ('coverage = [{ kind = "family" }]\nshare_of_family_limit = 1.5', "is out of range"),
    ],
)
def test_a_slip_in_an_hsa_is_refused(hsa: str, words: str) -> None:
    assert words in refused(person("Ann", 40, f"[people.hsa]\n{hsa}"), job("Ann", 90_000))


def test_spouses_cannot_share_out_more_than_the_family_limit() -> None:
    tables = [
        person(name, 40, f'[people.hsa]\ncoverage = [{{ kind = "family" }}]\nshare_of_family_limit = {share}')
        for name, share in (("Ann", 0.7), ("Bob", 0.4))
    ]
    found = refused(*tables, job("Ann", 90_000), job("Bob", 90_000), status="mfj")
    assert "people[1].hsa.share_of_family_limit" in found
    assert "allowed: 0 to 0.3" in found


@pytest.mark.parametrize(
    ("payments", "words"),
    [
        (PAYMENTS.replace("as_of = 2026-05-01\n", ""), "as_of: is required"),
        (PAYMENTS.replace("prior_year_tax = 1", "prior_year_tax = -1"), "must not be negative"),
        (PAYMENTS.replace("2026-05-01", "2027-03-01"), "is not a day of paying tax for 2026"),
        (PAYMENTS + "[[payments.estimates]]\ndate = 2026-06-15\namount = 5\n", "is after as_of"),
        (PAYMENTS + "[[payments.estimates]]\ndate = 2025-06-15\namount = 5\n", "is before the year 2026"),
        (PAYMENTS + "[[payments.estimates]]\ndate = 2026-04-15\namount = 0\n", "must be above zero"),
        (PAYMENTS + VEST.replace("2026-08", "2027-08"), "is not in the start year"),
        (PAYMENTS + VEST.replace("2026-08-15", "2026-02-30"), "is not valid TOML"),
        (PAYMENTS + VEST + "withheld = 11", "is more than the income"),
        (PAYMENTS + VEST.replace("vest", "gain") + 'employer = "Acme"', "is given for a gain"),
        (PAYMENTS + VEST.replace('"vest"', '"vests"'), 'did you mean "vest"?'),
    ],
)
def test_a_slip_in_the_payments_is_refused(payments: str, words: str) -> None:
    assert words in refused(person("Ann", 40), job("Ann", 90_000), payments)


def test_a_slip_in_an_ira_is_refused() -> None:
    found = refused(person("Ann", 40, "[people.ira]\nroth_contribution = 5"), job("Ann", 90_000))
    assert 'did you mean "roth_contributions"?' in found
    assert "must not be negative" in refused(person("Ann", 40, "[people.ira]\nconverted = -5"), job("Ann", 90_000))
