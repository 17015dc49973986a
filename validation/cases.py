"""The three cases: what the README of this folder says is done, then one thing changed at a time to examine it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rothwell.decision.frontier import ROTH_SHARES
from rothwell.decision.measures import RELIABLE, Estimate
from rothwell.household import Household
from rothwell.law.landscape import Landscape, load_landscape
from validation.inputs import (
    FLAT_RATE,
    LARGER,
    changed,
    flat_tax,
    flat_tax_without_benefits,
    household_of,
    spread,
    spread_after_work,
    with_deferred_balance,
    without_premiums,
)
from validation.orders import OF_THE_PRODUCT, ORDERS, Lasted, all_orders, in_the_product
from validation.shares import ALL, NONE, Shares, by_returns, last_years, saved_at_work, shares, tax_on_deferred
from validation.tables import (
    EXPECTED,
    IN_PART,
    NOT_SEEN,
    OPPOSITE,
    Table,
    dollars,
    percent,
    verdict,
    verdicts,
    whether,
    with_error,
)

Say = Callable[[str], None]
THREE_YEARS = (2.0, 4.0)  # "about three years", read with a year on either side
MORE_YEARS = (1.0, 3.0)
APART = (3.0, 7.0)
SAME_YEARS = 0.01
SAME_WORTH = 0.0001  # of a certainty equivalent: shares as close as this are the same
LITTLE = 0.01  # of a certainty equivalent
LATE_AGE = 105  # to which money is spread, to examine: ten years beyond the plan
NO_FEES = {"plan_fee": 0.0005, "dividend_yield": 0.0}  # the fee of the other accounts, and no dividends
SHARE_COLUMNS = ("", "none: CE", *(f"{share:.0%}" for share in ROTH_SHARES[1:]), "best")
AFTER_WORK = "spread after work"
BALANCES = ("$120,000", f"${LARGER:,.0f}")
END = 5  # years at the beginning and at the end of retirement


def b1(_futures: int, say: Say) -> Iterator[Table]:
    """Orders of withdrawal."""
    say("five orders in eight settings, without the compiler")
    found = all_orders()
    written, flat = found["as written"], found["flat tax"]
    say("the product's own")
    own = {one.number: in_the_product(one) for one in ORDERS if one.number in OF_THE_PRODUCT}
    rows = [
        (
            f"{one.number:<2} {one.words}",
            f"{written[one.number].years:.2f}",
            f"{written[one.number].years - written['2'].years:+.2f}",
            dollars(written[one.number].tax),
            f"{own[one.number].years:.2f}" if one.number in own else "none",
            f"{flat[one.number].years:.4f}",
        )
        for one in ORDERS
    ]
    columns = ("order", "years", "less those of 2", "income tax", "in the product", "years, flat tax")
    yield Table("How long the money lasts; income tax of all years in dollars of 2026", columns, tuple(rows))
    yield verdicts(_verdicts_of_orders(written, flat))
    numbers = [one.number for one in ORDERS]
    years = [(name, *(f"{row[number].years:.2f}" for number in numbers)) for name, row in found.items()]
    yield Table("Examined: years under each order", ("", *numbers), tuple(years))


def _verdicts_of_orders(written: dict[str, Lasted], flat: dict[str, Lasted]) -> list[tuple[str, str, str, str]]:
    years = {number: one.years for number, one in written.items() if number != "2r"}
    gains = [("2 over 1", THREE_YEARS, years["2"] - years["1"])]
    gains += [(f"{number} over 2", MORE_YEARS, years[number] - years["2"]) for number in "34"]
    gains += [("best over worst", APART, max(years.values()) - min(years.values()))]
    rows = [
        (what, f"{low:.0f} to {high:.0f} years", f"{gain:+.2f} years", verdict(gain, low, high))
        for what, (low, high), gain in gains
    ]
    moved = abs(flat["2r"].years - flat["2"].years)
    what = "flat tax: deferred or Roth first"
    return [*rows, (what, f"below {SAME_YEARS} years", f"{moved:.4f} years", whether(moved < SAME_YEARS))]


def share_row(name: str, one: Shares) -> tuple[str, ...]:
    """The certainty equivalent with no Roth deferrals, and what the other shares add to it."""
    above = (with_error(one.above_none(position)) for position in range(NONE + 1, ALL + 1))
    return (name, dollars(one.value.certainty_equivalent[NONE]), *above, f"{one.best:.0%}")


def c1(futures: int, say: Say) -> Iterator[Table]:
    """Roth shares without and with risk of law."""
    brown = household_of("brown")
    yield from _under_a_flat_tax(brown, futures, say)
    yield from _under_todays_schedule(brown, futures, say)
    yield from _under_the_spread(brown, futures, say)


def _table(
    title: str, runs: dict[str, tuple[Household, Landscape]], futures: int, say: Say
) -> tuple[Table, dict[str, Shares]]:
    found = {}
    for name, (household, landscape) in runs.items():
        say(name)
        found[name] = shares(household, landscape, futures, after_work=name.endswith(AFTER_WORK))
    rows = tuple(share_row(name, one) for name, one in found.items())
    return Table(f"{title}; dollars a year, Roth shares less none", SHARE_COLUMNS, rows), found


def _under_a_flat_tax(brown: Household, futures: int, say: Say) -> Iterator[Table]:
    weighed = changed(brown, beliefs={"deferred_weight": 1.0 - FLAT_RATE})
    alike = changed(weighed, market=NO_FEES)
    untaxed = flat_tax_without_benefits()
    runs = {
        "as written": (brown, flat_tax()),
        "benefits not taxed": (brown, untaxed),
        "and a deferred dollar counts 78 cents": (weighed, untaxed),
        "and one fee, no dividends": (alike, untaxed),
    }
    table, found = _table("i. A flat tax, no risk of law", runs, futures, say)
    yield table
    apart = [_largest(one) for one in (found["as written"], found["and one fee, no dividends"])]
    rows = [
        (name, "none", f"{share:.4%} of the CE", whether(share < SAME_WORTH))
        for name, share in zip(("i. largest difference", "   the last row"), apart, strict=True)
    ]
    yield verdicts(rows)


def _largest(one: Shares) -> float:
    levels = one.value.certainty_equivalent
    return float((levels.max() - levels.min()) / levels.max())


def _under_todays_schedule(brown: Household, futures: int, say: Say) -> Iterator[Table]:
    today = load_landscape("current-law")
    longer = changed(brown, beliefs={"amortize_to_age": LATE_AGE})
    runs = {
        "as written": (brown, today),
        "no premiums of Medicare": (brown, without_premiums()),
        "a deferred dollar counts 90 cents": (changed(brown, beliefs={"deferred_weight": 0.9}), today),
        f"money spread to {LATE_AGE}": (longer, today),
        "dollars alone count": (changed(brown, beliefs={"risk_aversion": 0.0}), today),
    }
    table, found = _table("ii. Today's schedule, no risk of law", runs, futures, say)
    yield table
    written, late = found["as written"], found[f"money spread to {LATE_AGE}"]
    rows = [_inside("ii. best share", written), _inside(f"   spread to {LATE_AGE}", late)]
    parts, gap = by_returns(written)
    so = gap.value > RELIABLE * gap.standard_error
    words = "lower where returns are bad"
    rows.append(("iv. tax on deferred money, best less worst", words, percent(gap), whether(so)))
    yield verdicts(rows)
    names = ("worst", "second", "third", "best")
    quarters = [(name, percent(part)) for name, part in zip(names, parts, strict=True)]
    quarters += [("all", percent(tax_on_deferred(written))), ("saved at work", f"{saved_at_work(written):.1%}")]
    title = "iv. Tax on a dollar of deferred money, by quarter of the futures' real returns"
    yield Table(title, ("returns", "tax"), tuple(quarters))
    ends = []
    for name, one in (("as written", written), (f"money spread to {LATE_AGE}", late)):
        for position in (NONE, ALL):
            first, last, empty = last_years(one, position, END)
            row = (f"{name}, {ROTH_SHARES[position]:.0%} Roth", dollars(first), dollars(last), f"{empty:.0%}")
            ends.append(row)
    columns = ("", f"first {END} years", f"last {END} years", "money gone before the last year")
    yield Table("ii. Mean spending after work, dollars of 2026 a year", columns, tuple(ends))


def _inside(what: str, one: Shares) -> tuple[str, str, str, str]:
    return what, "inside", f"{one.best:.0%}", whether(0.0 < one.best < 1.0)


def _under_the_spread(brown: Household, futures: int, say: Say) -> Iterator[Table]:
    laws = {"today": load_landscape("current-law"), "spread": spread(), AFTER_WORK: spread_after_work()}
    homes = {BALANCES[0]: brown, BALANCES[1]: with_deferred_balance(brown, LARGER)}
    for end, longer in (("", False), (f", money spread to {LATE_AGE}", True)):
        runs = {
            f"{balance} deferred, {law}": (_longer(household) if longer else household, landscape)
            for balance, household in homes.items()
            for law, landscape in laws.items()
        }
        table, found = _table(f"iii. A mean-preserving spread of all rates{end}", runs, futures, say)
        yield table
        yield verdicts([row for law in ("spread", AFTER_WORK) for row in _of_spread(law, found)])


def _of_spread(law: str, found: dict[str, Shares]) -> list[tuple[str, str, str, str]]:
    pairs = [(found[f"{balance} deferred, today"], found[f"{balance} deferred, {law}"]) for balance in BALANCES]
    words = ", ".join(f"{now.best:.0%} to {then.best:.0%}" for now, then in pairs)
    moves = [then.best - now.best for now, then in pairs]
    gained = [_all_roth_gains(now, then) for now, then in pairs]
    gains = ", ".join(with_error(one) for one in gained)
    return [
        (f"iii. {law}: best share", "up, by more with more", words, _of_moves(moves)),
        ("     all Roth less none, above that of today", "up, by more with more", gains, _of_gains(gained)),
    ]


def _longer(household: Household) -> Household:
    return changed(household, beliefs={"amortize_to_age": LATE_AGE})


def _all_roth_gains(now: Shares, then: Shares) -> Estimate:
    """By how much more all Roth adds to none under the spread than under today's law, on the same futures."""
    before, after = now.value, then.value
    gap = [one.influence[ALL] - one.influence[NONE] for one in (before, after)]
    value = then.above_none(ALL).value - now.above_none(ALL).value
    return Estimate(value, float((gap[1] - gap[0]).std(ddof=1) / gap[0].size ** 0.5))


def _of_moves(moves: list[float]) -> str:
    if not any(moves):
        return NOT_SEEN
    return EXPECTED if 0.0 < moves[0] < moves[1] else (OPPOSITE if min(moves) < 0.0 else IN_PART)


def _of_gains(gained: list[Estimate]) -> str:
    up = [one.value > RELIABLE * one.standard_error for one in gained]
    more = gained[1].value - gained[0].value > RELIABLE * sum(one.standard_error**2 for one in gained) ** 0.5
    if all(up):
        return EXPECTED if more else IN_PART
    down = any(one.value < -RELIABLE * one.standard_error for one in gained)
    return OPPOSITE if down else (IN_PART if any(up) else NOT_SEEN)


def c2(futures: int, say: Say) -> Iterator[Table]:
    """What mixing is worth to a couple of median means."""
    lachance = household_of("lachance")
    laws = {"default": load_landscape("default"), "the spread": spread()}
    runs = {name: (lachance, law) for name, law in laws.items()}
    runs |= {f"{name}, money spread to {LATE_AGE}": (_longer(lachance), law) for name, law in laws.items()}
    table, found = _table("Roth shares", runs, futures, say)
    yield table
    rows = []
    for name, one in found.items():
        mixing = one.mixing
        share = mixing.value.value / mixing.level
        worth = f"{with_error(mixing.value)} ({share:+.2%}), {mixing.best_mix:.0%} over {mixing.best_corner:.0%}"
        rows.append((name, f"below {LITTLE:.0%}", worth, whether(share < LITTLE)))
    yield verdicts(rows)


CASES = {"b1": b1, "c1": c1, "c2": c2}
