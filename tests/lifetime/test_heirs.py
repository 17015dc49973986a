"""What heirs keep of an estate: their own returns over the years, estate tax, charities, and the shares of each."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from rothwell.decision.bequests import left_to_each
from rothwell.errors import InputError
from rothwell.law import law_for
from rothwell.law.landscape import NEVER, Shock
from rothwell.lifetime.heir_records import inherited_account
from rothwell.lifetime.inherited_draws import WAYS, HeirReturn, best_way, draw_inherited
from rothwell.provision import plainly
from rothwell.tax.inherited_accounts import InheritedAccount
from rothwell.tax.trusts import trust_tax
from rothwell.tax.unearned_income import tax_of_a_child
from tests.lifetime.runs import (
    BY_NAME,
    QUIET,
    account,
    couple,
    drawn_laws,
    drawn_market,
    household,
    load_landscape,
    one_law,
    person,
    simulate,
    single,
)

PLAIN = (BY_NAME["brokerage"],)
NOTHING = '[spending]\nrule = "flat"\nflat_amount = 0.0\n'
BEFORE = single() + person(born=1966, to_age=62) + QUIET + NOTHING  # dies before anything is required
MILLION = account("traditional_ira", 1_000_000)


def heir(name: str = "Eve", **keys: object) -> str:
    """An [[heirs]] table."""
    lines = [f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}" for key, value in keys.items()]
    return "\n".join(["[[heirs]]", f'name = "{name}"', *lines]).replace("'", '"') + "\n"


def left(text: str) -> float:
    """What heirs and charities keep."""
    return float(simulate(household(text), strategies=PLAIN).estate[0, 0])


LATER = law_for(2029, household(BEFORE).market.growth)  # nothing moves after the last known prices
EXCLUSION = float(LATER.record.estate_tax.basic_exclusion)
INHERITED = InheritedAccount(date(1957, 5, 1), date(2025, 6, 1), "designated", beneficiary_born=date(1985, 1, 1))


def kept(balance: float, income: float, way: str = "level", state: str | None = None) -> float:
    """What a single heir keeps of pre-tax money in the law of the later years."""
    return draw_inherited(INHERITED, balance, HeirReturn(income, 0, 41, state), way, LATER).kept


BY_HAND = [
    # single, wages of 100,000: taxable 83,900 of its own; 22% up to 105,700, 24% up to 201,775 (2026)
    # level: ten times 21,800 x 22% + 78,200 x 24% = 23,564
    ("level", 764_360.00),
    # fill: eight times 21,800 x 22% + 96,075 x 24% = 27,854, and 57,000 in the ninth year: 13,244
    ("fill", 763_924.00),
    # last: 22% of 21,800, 24% of 96,075, 32% of 54,450, 35% of 384,375, 37% of the rest
    ("last", 1_000_000 - (4_796 + 23_058 + 17_424 + 134_531.25 + 0.37 * 443_300)),
]


@pytest.mark.parametrize(("way", "by_hand"), BY_HAND)
def test_a_million_drawn_by_hand(way: str, by_hand: float) -> None:
    """IRC 1(j), 63(c), 401(a)(9)(H): a traditional IRA of 1,000,000, the law of 2026 in every year, no growth."""
    drawn = draw_inherited(INHERITED, 1_000_000, HeirReturn(100_000, 0, 41), way, law_for(2026))
    assert drawn.kept == pytest.approx(by_hand, abs=0.005)
    assert drawn.years[-1].year == 2035
    assert sum(one.drawn for one in drawn.years) == pytest.approx(1_000_000)


@pytest.mark.parametrize("way", list(WAYS))
def test_heirs_by_a_second_computation(way: str) -> None:
    """The year loop gives what the account drawn by itself gives, year by year."""
    text = BEFORE + MILLION + heir(income=100_000, draw=way) + "birth_date = 1985-01-01\n"
    assert left(text) == pytest.approx(kept(1_000_000, 100_000, way), abs=0.01)


def test_the_best_way_is_the_one_that_leaves_the_most() -> None:
    assert best_way(INHERITED, 1_000_000, HeirReturn(100_000, 0, 41), law_for(2026)).way == "level"
    outcome = simulate(household(BEFORE + MILLION + heir(income=100_000)), strategies=PLAIN)
    assert list(WAYS)[outcome.ways[0, 0]] == "level"
    assert outcome.estate[0, 0] == pytest.approx(kept(1_000_000, 100_000))


def test_required_minimums_are_drawn_before_the_last_year() -> None:
    """Reg. 1.401(a)(9)-5(d): the owner died at 80; 41.0 at 45, one less each year."""
    begun = InheritedAccount(date(1945, 5, 1), date(2025, 6, 1), "designated", beneficiary_born=date(1981, 1, 1))
    years = draw_inherited(begun, 410_000, HeirReturn(100_000, 0, 45), "last", law_for(2026)).years
    assert years[0].drawn == pytest.approx(10_000)
    assert years[1].drawn == pytest.approx(400_000 / 40)
    assert years[-1].drawn == pytest.approx(410_000 - 9 * 10_000)


def test_a_roth_account_is_worth_what_is_in_it_and_more_than_pre_tax_money() -> None:
    """IRC 408A(d)(1): by bracket, 500,000 in Roth rather than pre-tax; a charity owes nothing on either."""
    roth, traditional = account("roth_ira", 500_000), account("traditional_ira", 500_000)
    by_hand = {  # the law of 2026: ten times 50,000 above the own taxable income
        300_000: 10 * 0.35 * 50_000,  # 283,900 to 333,900: between 256,225 and 640,600
        50_000: 10 * (0.12 * 16_500 + 0.22 * 33_500),  # 33,900 to 83,900: 12% up to 50,400
        30_000: 10 * (0.12 * 36_500 + 0.22 * 13_500),  # 13,900 to 63,900
    }
    for income, tax in by_hand.items():
        drawn = draw_inherited(INHERITED, 500_000, HeirReturn(income, 0, 41), "level", law_for(2026))
        assert drawn.tax == pytest.approx(tax, abs=0.01)
        eve = heir(income=income, draw="level")
        assert left(BEFORE + roth + eve) == pytest.approx(500_000)
        assert left(BEFORE + traditional + eve) == pytest.approx(kept(500_000, income), abs=0.01)
    charity = heir("Shelter", relation="charity")
    assert left(BEFORE + traditional + charity) == pytest.approx(500_000)


def test_a_charity_takes_what_heirs_would_pay_tax_on() -> None:
    """Half of 1,000,000 goes to a charity: all of the IRA; the child has the Roth account, untaxed."""
    both = account("roth_ira", 500_000) + account("traditional_ira", 500_000)
    shared = heir(share=0.5, income=300_000) + heir("Shelter", relation="charity", share=0.5)
    assert left(BEFORE + both + shared) == pytest.approx(1_000_000)
    fixed = heir(share=0.5, income=300_000, draw="level") + heir(
        "Shelter", relation="charity", share=0.5, traditional_share=0.0, roth_share=1.0, taxable_share=0.5
    )
    assert left(BEFORE + both + fixed) == pytest.approx(1_000_000 - 175_000)


def test_shares_of_kinds_of_money_go_to_whom_they_are_given() -> None:
    """Pre-tax money to the child with the small income, Roth money to the other."""
    both = account("roth_ira", 500_000) + account("traditional_ira", 500_000)
    apart = heir("Ann", income=300_000, traditional_share=0.0, draw="level")
    apart += heir("Ben", income=30_000, traditional_share=1.0, draw="level")
    halves = heir("Ann", income=300_000, draw="level") + heir("Ben", income=30_000, draw="level")
    assert left(BEFORE + both + apart) == pytest.approx(500_000 + kept(500_000, 30_000), abs=0.01)
    of_halves = kept(250_000, 300_000) + kept(250_000, 30_000)
    assert left(BEFORE + both + halves) == pytest.approx(500_000 + of_halves, abs=0.01)


def test_a_health_account_is_income_at_once() -> None:
    """IRC 223(f)(8)(B): all of it on one return."""
    text = BEFORE + account("hsa", 50_000) + heir(income=100_000)
    assert left(text) == pytest.approx(kept(50_000, 100_000, "last"), abs=0.01)


def test_the_estate_tax_of_a_single_owner_and_of_a_couple() -> None:
    """IRC 2001(c), 2010(c): 40% above 15,000,000; a surviving spouse has the unused exclusion of the other."""
    alone = BEFORE + account("taxable", 20_000_000) + heir()
    assert left(alone) == pytest.approx(20_000_000 - 0.4 * (20_000_000 - EXCLUSION))
    people = person("Ann", 1966, to_age=62) + person("Bob", 1967, to_age=63)
    pair = single(status="mfj") + people + QUIET + NOTHING + account("taxable", 32_000_000) + heir()
    assert left(pair) == pytest.approx(32_000_000 - 0.4 * (32_000_000 - 2 * EXCLUSION))
    together = pair.replace("planning_age = 63", "planning_age = 61")
    assert left(together) == pytest.approx(32_000_000 - 0.4 * (32_000_000 - 2 * EXCLUSION))
    charity = heir(share=0.5) + heir("Shelter", relation="charity", share=0.5)
    assert left(BEFORE + account("taxable", 20_000_000) + charity) == pytest.approx(20_000_000)


def test_pre_tax_money_that_pays_the_estate_tax_is_income_all_the_same() -> None:
    """IRC 691(a), (c): part of 20,000,000 pays the tax and is drawn in the first year, all at 37%; the estate tax is
    deducted at 35% (IRC 68), in the place of ten standard deductions at 37%."""
    text = BEFORE + account("traditional_ira", 20_000_000) + heir(income=1_000_000, draw="level")
    tax = 0.4 * (20_000_000 - EXCLUSION)
    deducted = 0.35 * tax - 0.37 * 10 * LATER.record.standard_deduction.basic[0]
    assert left(text) == pytest.approx((20_000_000 - tax) * 0.63 - 0.37 * tax + deducted, abs=0.5)


def test_the_state_of_an_heir_takes_its_part() -> None:
    """What a death pays out is untaxed in Pennsylvania; New York spares 20,000 a year of what all heirs get."""
    text = BEFORE + account("traditional_ira", 500_000)
    eve = heir(income=100_000, draw="level")
    pennsylvania = heir(income=100_000, draw="level", state="PA")
    assert left(text + pennsylvania) == pytest.approx(left(text + eve))
    new_york = heir(income=100_000, draw="level", state="NY")
    of_new_york = left(text + eve) - left(text + new_york)
    assert 10 * 30_000 * 0.06 <= of_new_york <= 10 * 30_000 * 0.07  # 6%, and some benefit of the brackets taken back
    illinois = heir(income=100_000, draw="level", state="IL")  # 35 ILCS 5/203(a)(2)(F) leaves it out
    california = heir(income=100_000, draw="level", state="CA")
    assert left(text + illinois) == pytest.approx(left(text + eve))
    assert left(text + california) == pytest.approx(left(text + eve) - 500_000 * 0.093, abs=1.0)


def test_an_heir_whose_brackets_are_lower_never_gets_less() -> None:
    """Twins over the drawn laws and markets of the couple: the smaller own income keeps at least as much."""
    one = couple()
    options = {"heirs": household(BEFORE + heir(income=60_000)).heirs}
    richer = {"heirs": household(BEFORE + heir(income=200_000)).heirs}
    laws, market = drawn_laws(load_landscape("default"), one, 50), drawn_market(one, 50)
    mortal = one.model_copy(update={"mortality": one.mortality.model_copy(update={"kind": "fixed"})})
    less = simulate(mortal.model_copy(update=richer), "default", PLAIN, market, laws)
    more = simulate(mortal.model_copy(update=options), "default", PLAIN, market, laws)
    assert (more.estate >= less.estate - 0.01).all()


def test_slips_in_the_shares_of_heirs_are_told() -> None:
    for text in (heir(share=0.7) + heir("Bob", share=0.5), heir(share=0.5) + heir("Bob", share=0.4)):
        with pytest.raises(InputError, match="shares of all heirs"):
            household(BEFORE + text)
    with pytest.raises(InputError, match="listed before"):
        household(BEFORE + heir() + heir())
    half_of_roth = heir(share=1.0, roth_share=0.5) + heir("Bob", share=0.0)  # nobody is left for the other half
    with pytest.raises(InputError, match="roth_share: makes the shares of all heirs less"):
        household(BEFORE + half_of_roth)
    for others in (heir("Bob"), heir("Shelter", relation="charity")):
        with pytest.raises(InputError, match="shares of the others are the whole"):
            household(BEFORE + heir(share=1.0) + others)
    nothing_of_roth = heir(share=1.0, roth_share=0.5) + heir("Bob", taxable_share=0.0)
    with pytest.raises(InputError, match="roth_share: makes the shares of all heirs less"):
        household(BEFORE + nothing_of_roth)
    with pytest.raises(InputError, match="is not after the birth of a parent"):
        household(BEFORE + heir() + "birth_date = 1960-01-01\n")
    with pytest.raises(InputError, match="disabled: says nothing of a charity"):
        household(BEFORE + heir("Shelter", relation="charity", disabled=True))
    with pytest.raises(InputError, match="more than the exclusion of the start year"):
        household(BEFORE.replace('state = "FL"', 'state = "FL"\nunused_exclusion = 16_000_000') + heir())
    with pytest.raises(InputError, match="birth_date: is after the first year"):
        household(BEFORE + heir() + "birth_date = 2030-01-01\n")


@pytest.mark.parametrize("born", [1990, 1996, 1997, 2001])
def test_the_heir_of_a_young_household_is_born_by_its_start(born: int) -> None:
    """An owner may die in the first year of the plan, and nobody inherits who is not born."""
    text = single() + person(born=born, to_age=60, retires=50) + QUIET + account("roth_ira", 1_000_000)
    text += '[[jobs]]\nperson = "Ann"\nemployer = "A"\npay = 50_000\n[spending]\nliving_cost = 10_000\n'
    assert np.isfinite(simulate(household(text), strategies=PLAIN).estate).all()


def test_without_heirs_in_the_file_the_children_inherit_in_equal_parts() -> None:
    assert [one.birth_date for one in couple().heirs_in_plan] == [child.birth_date for child in couple().children]
    assert [one.name for one in household(BEFORE).heirs_in_plan] == ["a child"]
    outcome = simulate(household(BEFORE + MILLION), strategies=PLAIN)
    assert outcome.heirs.shape == (1, 1, 1)
    assert np.isfinite(outcome.estate).all()


def test_roth_rather_than_pre_tax_money_for_three_heirs() -> None:
    """500,000 to a child in the 35% bracket, to one in the 12% bracket, and to a charity; by hand, the law of 2026.

    35%: 283,900 of its own and 50,000 more lie between 256,225 and 640,600. 12%: 13,900 of its own, 36,500 up to 50,400
    at 12%, 13,500 at 22%. The owner dies before anything is required, and the children are below 65.
    """
    text = BEFORE + heir("Ann", income=300_000) + heir("Ben", income=30_000) + heir("Shelter", relation="charity")
    ann, ben, shelter = left_to_each(household(text), 2026)
    assert (ann.way, ben.way, shelter.way) == ("level", "level", None)
    assert (ann.age, ben.age, shelter.age) == (33, 33, None)  # born 30 years after 1966; the owner dies at 62
    assert ann.roth_rather_than_traditional == pytest.approx(175_000.00, abs=0.01)
    assert ben.roth_rather_than_traditional == pytest.approx(73_500.00, abs=0.01)
    assert shelter.roth_rather_than_traditional == 0.0


def test_the_state_where_the_household_lives_taxes_the_estate_and_what_is_inherited() -> None:
    """RCW 83.100.040(2): in Oregon, 50,000 and 10.25% of 500,000; in Pennsylvania 4.5% of a child, 15% of others."""
    text = BEFORE + account("taxable", 2_000_000)
    oregon = text.replace('state = "FL"', 'state = "OR"')
    assert left(oregon + heir()) == pytest.approx(2_000_000 - 101_250)
    pennsylvania = text.replace('state = "FL"', 'state = "PA"')
    assert left(pennsylvania + heir()) == pytest.approx(2_000_000 * 0.955)
    assert left(pennsylvania + heir(relation="other")) == pytest.approx(2_000_000 * 0.85)
    assert left(pennsylvania + heir("Shelter", relation="charity")) == pytest.approx(2_000_000)
    given = 'state = "IL"\nstate_estate_tax = { exclusion = 1_000_000, rate = 0.25 }'
    illinois = text.replace('state = "FL"', given)
    assert left(illinois + heir()) == pytest.approx(2_000_000 - 250_000)
    assert left(pennsylvania + heir(relation="sibling")) == pytest.approx(2_000_000 * 0.88)
    assert left(pennsylvania + heir(relation="estate")) == pytest.approx(2_000_000 * 0.955)


def test_marylands_inheritance_tax_is_taken_off_its_estate_tax() -> None:
    """Md. Code, Tax-Gen. 7-304(b)(1): 10% of 6,000,000 is more than the estate tax of 160,000, as of siblings."""
    maryland = BEFORE.replace('state = "FL"', 'state = "MD"') + account("taxable", 6_000_000)
    assert left(maryland + heir(relation="other")) == pytest.approx(6_000_000 - 600_000)
    assert left(maryland + heir(relation="sibling")) == pytest.approx(6_000_000 - 160_000)


def test_gifts_and_the_exclusion_of_a_spouse_who_died_before() -> None:
    """IRC 2001(b), 2010(c)(4): 5,000,000 given away, or left unused."""
    money = account("taxable", 20_000_000) + heir()
    gifts = BEFORE.replace('state = "FL"', 'state = "FL"\ntaxable_gifts = 5_000_000')
    assert left(gifts + money) == pytest.approx(20_000_000 - 0.4 * (25_000_000 - EXCLUSION))
    unused = BEFORE.replace('state = "FL"', 'state = "FL"\nunused_exclusion = 2_000_000')
    assert left(unused + money) == pytest.approx(20_000_000 - 0.4 * (18_000_000 - EXCLUSION))
    people = person("Ann", 1966, to_age=62) + person("Bob", 1967, to_age=63)
    pair = single(status="mfj").replace('state = "FL"', 'state = "FL"\nunused_exclusion = 2_000_000')
    with pytest.raises(InputError, match="the file lists two people"):
        household(pair + people + QUIET + NOTHING + money)


def test_a_trust_pays_by_its_own_brackets() -> None:
    """IRC 1(e), 642(b)(2)(A): ten times 99,900: 10% of 3,300, 24% of 8,400, 35% of 4,300, 37% of 83,900 (2026)."""
    of_trust = HeirReturn(100_000, 0, 41, trust=True)
    drawn = draw_inherited(INHERITED, 1_000_000, of_trust, "level", law_for(2026))
    assert drawn.tax == pytest.approx(10 * (330 + 2_016 + 1_505 + 31_043), abs=0.01)
    filled = draw_inherited(INHERITED, 100_000, of_trust, "fill", law_for(2026))
    assert filled.years[0].drawn == pytest.approx(11_800)  # to the end of 24%, the exemption on top
    text = BEFORE + MILLION + heir(income=100_000, draw="level", in_trust=True)
    later = draw_inherited(INHERITED, 1_000_000, of_trust, "level", LATER)
    assert left(text) == pytest.approx(later.kept, abs=0.01)
    with pytest.raises(InputError, match="in_trust: says nothing of a charity"):
        household(BEFORE + heir("Shelter", relation="charity", in_trust=True))


@pytest.mark.parametrize(
    ("ordinary", "gain", "tax"),
    [
        (0, 0, 0.0),
        (100, 0, 0.0),  # the exemption
        (3_400, 0, 330.0),
        (16_100, 0, 330 + 2_016 + 1_505),
        (0, 3_400, 0.0),  # gains up to 3,300 bear nothing
        (0, 16_350, 0.15 * 12_950 + 0.038 * 250),  # 15% up to 16,250; 3.8% above 16,000
        (20_100, 10_000, 330 + 2_016 + 1_505 + 0.37 * 4_000 + 0.2 * 10_000 + 0.038 * 10_000),
    ],
)
def test_income_and_gains_of_a_trust(ordinary: float, gain: float, tax: float) -> None:
    """IRC 1(e), (h), 1411(a)(2), the law of 2026."""
    assert plainly(trust_tax)(ordinary, gain, law_for(2026).record) == pytest.approx(tax)


def test_who_may_draw_over_a_lifetime_does() -> None:
    """Reg. 1.401(a)(9)-5(d)(3): a disabled heir of 33 draws a little more than 1/52.5 each year, all at 22%; a child of
    13 has until 31, without wages until 18."""
    disabled = heir(income=100_000, disabled=True, draw="level") + "birth_date = 1996-02-03\n"
    assert left(BEFORE + MILLION + disabled) == pytest.approx(780_000, abs=0.01)
    minor = heir(income=0, draw="level") + "birth_date = 2015-02-03\n"
    of_minor = InheritedAccount(date(1966, 6, 15), date(2028, 12, 31), "minor_child", beneficiary_born=date(2015, 2, 3))
    drawn = draw_inherited(of_minor, 1_000_000, HeirReturn(0, 0, 14), "level", LATER)
    assert drawn.years[-1].year == 2046
    assert left(BEFORE + MILLION + minor) == pytest.approx(drawn.kept, abs=0.01)


def test_shares_of_a_kind_of_money_beside_a_charity() -> None:
    """Ann has no taxable money: half of the IRA is hers, tax and all; the charity takes half of it and all the rest."""
    both = account("taxable", 500_000) + account("traditional_ira", 500_000)
    ann = heir("Ann", income=300_000, taxable_share=0.0, draw="level") + heir("Shelter", relation="charity")
    assert left(BEFORE + both + ann) == pytest.approx(1_000_000 - 0.35 * 250_000, abs=0.01)
    all_taxable = heir("Ann", income=300_000, taxable_share=1.0, draw="level")
    tenth = heir("Shelter", relation="charity", share=0.1)
    assert left(BEFORE + both + all_taxable + tenth) == pytest.approx(1_000_000 - 0.35 * 450_000, abs=0.01)


def test_estate_tax_is_borne_in_proportion_to_what_is_left_to_each() -> None:
    """Ann has the taxable account, Ben the Roth account, 20,000,000 each: 40% above the exclusion, half each."""
    both = account("taxable", 20_000_000) + account("roth_ira", 20_000_000)
    ann = heir("Ann", taxable_share=1.0, roth_share=0.0, traditional_share=0.5)
    ben = heir("Ben", taxable_share=0.0, roth_share=1.0, traditional_share=0.5)
    outcome = simulate(household(BEFORE + both + ann + ben), strategies=PLAIN)
    tax = 0.4 * (40_000_000 - EXCLUSION)
    assert outcome.estate_tax[0, 0] == pytest.approx(tax)
    assert list(outcome.heirs[0, 0]) == pytest.approx([20_000_000 - tax / 2] * 2)


def test_inheritance_tax_is_deducted_from_the_federal_estate() -> None:
    """IRC 2058(a): 12% of 40,000,000 in Pennsylvania, of a brother; 40% of the rest above the exclusion."""
    pennsylvania = BEFORE.replace('state = "FL"', 'state = "PA"') + account("taxable", 40_000_000)
    of_state = 0.12 * 40_000_000
    federal = 0.4 * (40_000_000 - of_state - EXCLUSION)
    assert left(pennsylvania + heir(relation="sibling")) == pytest.approx(40_000_000 - of_state - federal)


def test_descendants_in_pennsylvania() -> None:
    """72 P.S. 9116(a)(1), (1.4): 4.5%; of a parent's child of 21 or younger nothing, of a grandchild all the same."""
    pennsylvania = BEFORE.replace('state = "FL"', 'state = "PA"') + account("roth_ira", 1_000_000)
    born = "birth_date = 2018-02-03\n"
    assert left(pennsylvania + heir() + born) == pytest.approx(1_000_000)
    assert left(pennsylvania + heir(relation="grandchild") + born) == pytest.approx(955_000)


def test_an_unused_exclusion_counts_in_maryland_as_far_as_it_goes() -> None:
    """Md. Code, Tax-Gen. 7-309(b)(9): 16% of 9,000,000 less 5,000,000 and what was unused."""
    maryland = BEFORE.replace('state = "FL"', 'state = "MD"\nunused_exclusion = {}') + account("taxable", 9_000_000)
    for unused, tax in ((1, 640_000 - 0.16), (1_000_000, 480_000), (9_000_000, 0)):
        text = maryland.format(unused) + heir()
        assert left(text) == pytest.approx(9_000_000 - tax, abs=0.01)


def test_a_disabled_child_below_21_has_a_lifetime() -> None:
    """IRC 401(a)(9)(E)(ii)(II), (III): the longer of two rights."""
    one = household(BEFORE + heir(disabled=True, income=0) + "birth_date = 2015-02-03\n")
    assert one.heirs[0].birth_date is not None
    account_of = inherited_account(one.heirs[0], one.heirs[0].birth_date, one.people[0].birth_date, 2028)
    assert account_of.relation == "disabled"


def test_a_child_has_no_wages() -> None:
    young = heir(income=100_000, relation="other", draw="level") + "birth_date = 2024-02-03\n"
    of_young = HeirReturn(0, 0, 5, parents_rate=0.24)
    assert left(BEFORE + MILLION + young) == pytest.approx(
        draw_inherited(INHERITED, 1_000_000, of_young, "level", LATER).kept, abs=0.01
    )
    orphan = heir(income=100_000, draw="level") + "birth_date = 2026-02-03\n"  # 2 when both parents are dead
    until_31 = InheritedAccount(date(1966, 6, 15), date(2028, 12, 31), "minor_child", beneficiary_born=date(2026, 2, 3))
    assert until_31.relation == "minor_child"
    assert left(BEFORE + MILLION + orphan) > left(BEFORE + MILLION + young)


@pytest.mark.parametrize(
    ("unearned", "deduction", "rate", "tax"),
    [
        (1_350, 0, 0.35, 0.0),
        (2_700, 0, 0.35, 135.0),  # 10% of 1,350
        (102_700, 0, 0.35, 135.0 + 35_000),  # 100,000 at the parents' rate
        (102_700, 5_000, 0.35, 135.0 + 0.35 * 96_350),  # net unearned: less 1,350 and the deductions
        (102_700, 0, 0.10, 17_009.0),  # by the own brackets: 1,240 + 4,560 + 22% of 50,950
    ],
)
def test_the_parents_rate_on_what_a_child_draws(unearned: float, deduction: float, rate: float, tax: float) -> None:
    """IRC 1(g), 63(c)(5)(A), Form 8615: twice 1,350 in 2026."""
    law = law_for(2026).record
    assert plainly(tax_of_a_child)(unearned, deduction, rate, 0, law) == pytest.approx(tax)


def test_a_shorter_payout_takes_more_tax() -> None:
    """A shock: five years where the law gives ten; who has longer keeps it, and so does who died before."""
    five = Shock("payout_limit", 1.0, 2027, 2027, years=5.0)
    of_five = InheritedAccount(date(1957, 5, 1), date(2025, 6, 1), "none")  # IRC 401(a)(9)(B)(ii): five years too
    by_hand = draw_inherited(of_five, 1_000_000, HeirReturn(100_000, 0, 41), "level", LATER).kept
    eve = heir(income=100_000, draw="level") + "birth_date = 1985-01-01\n"

    def under(text: str, from_year: int) -> float:
        one = household(text)
        return float(simulate(one, strategies=PLAIN, laws=one_law(1, 100, 0, NEVER, (five, from_year))).estate[0, 0])

    assert by_hand < kept(1_000_000, 100_000) - 1_000
    assert under(BEFORE + MILLION + eve, 1) == pytest.approx(by_hand, abs=0.01)
    assert under(BEFORE + MILLION + eve, 50) == pytest.approx(kept(1_000_000, 100_000), abs=0.01)
    disabled = heir(income=100_000, disabled=True, draw="level") + "birth_date = 1996-02-03\n"
    assert under(BEFORE + MILLION + disabled, 1) == pytest.approx(780_000, abs=0.01)


def test_rates_that_drift_are_the_same_for_every_heir() -> None:
    """Four heirs alike but for a dollar of wages keep about the same in every future of drifting rates."""
    four = "".join(heir(f"Heir {place}", income=100_000 + place, draw="level") for place in range(4))
    one = household(BEFORE + MILLION + four)
    market = drawn_market(one, 20)
    outcome = simulate(one, "historical", PLAIN, market, drawn_laws(load_landscape("historical"), one, 20))
    kept_by_each = outcome.heirs[0]
    assert kept_by_each.shape == (20, 4)
    assert np.ptp(kept_by_each, axis=1).max() < 20.0


def test_estate_tax_on_income_is_deducted_in_full_whatever_the_growth() -> None:
    """IRC 691(c)(1)(A): what pays the estate tax is drawn in the first year, and its deduction does not shrink."""
    text = single() + person(born=1966, to_age=62) + NOTHING + heir(income=1_000_000, draw="level")
    grown = text + "[market]\nmean_return = 0.10\ndeviation = 0\ninflation = 0\ninflation_deviation = 0\nira_fee = 0\n"
    grown += "dividend_yield = 0\nwage_growth_over_inflation = 0\nchained_cpi_gap = 0\ntaxable_fee = 0\n"
    account_of = account("traditional_ira", 30_000_000)
    outcome = simulate(household(grown + account_of), strategies=PLAIN)
    gross = 30_000_000 * 1.1**3
    law = law_for(2029, household(grown).market.growth).record
    tax = 0.4 * (gross - law.estate_tax.basic_exclusion)
    # all at 37%; what pays the tax is drawn a year later without growth; the deduction at 35%, ten standard deductions
    kept_before = gross - tax - 0.37 * (gross - tax)
    late = sum(1.1**-after for after in range(1, 11))
    spread = (gross - tax) / gross * tax / 10  # of the deduction, each year's part, in dollars of the death
    deduction = 0.35 * (spread * late + tax / gross * tax / 1.1) - 0.37 * law.standard_deduction.basic[0] * late
    assert outcome.estate[0, 0] == pytest.approx(kept_before - 0.37 * tax / 1.1 + deduction, rel=1e-4)


def test_an_estate_has_no_age() -> None:
    """No deduction of the old, wages at any age, nobody below 22 whom Pennsylvania spares."""
    old = left_to_each(
        household(BEFORE.replace("planning_age = 62", "planning_age = 98") + heir(relation="estate")), 2026
    )
    assert old[0].age is None
    young = single() + person(born=2000, to_age=30) + QUIET + NOTHING
    estate = heir(relation="estate", income=100_000, draw="level")
    none = InheritedAccount(date(2000, 6, 15), date(2030, 12, 31), "none")
    by_hand = draw_inherited(none, 1_000_000, HeirReturn(100_000, 0, 0), "level", LATER).kept
    assert left(young + MILLION + estate) == pytest.approx(by_hand, abs=1.0)
    pennsylvania = young.replace('state = "FL"', 'state = "PA"') + account("roth_ira", 1_000_000)
    assert left(pennsylvania + estate) == pytest.approx(955_000)


def test_new_yorks_exclusion_is_shared_and_needs_an_owner_of_59() -> None:
    """N.Y. Tax Law 612(c)(3-a): 6,000 of 20,000 where 70% goes to a charity; nothing while the owner would be below."""
    eve = InheritedAccount(date(1957, 5, 1), date(2025, 6, 1), "designated", beneficiary_born=date(1985, 1, 1))
    whole = draw_inherited(eve, 300_000, HeirReturn(100_000, 0, 41, "NY"), "level", LATER)
    part = draw_inherited(eve, 300_000, HeirReturn(100_000, 0, 41, "NY", inherited_share=0.3), "level", LATER)
    assert 10 * 14_000 * 0.055 < part.tax - whole.tax < 10 * 14_000 * 0.07
    early = InheritedAccount(date(1975, 5, 1), date(2025, 6, 1), "designated", beneficiary_born=date(1985, 1, 1))
    taxes = [one.tax for one in draw_inherited(early, 300_000, HeirReturn(100_000, 0, 41, "NY"), "level", LATER).years]
    assert taxes[8] > taxes[9] + 1_000  # the owner would be 60 in 2035
    text = BEFORE + account("traditional_ira", 1_000_000)
    of_charity = heir(income=100_000, draw="level", state="NY", share=0.3, traditional_share=0.3)
    of_charity += heir("Shelter", relation="charity", share=0.7, traditional_share=0.7)
    alone = draw_inherited(eve, 300_000, HeirReturn(100_000, 0, 41, "NY", inherited_share=0.3), "level", LATER).kept
    assert left(text + of_charity) == pytest.approx(700_000 + alone, abs=1.0)
