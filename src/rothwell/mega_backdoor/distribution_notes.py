"""What follows from a distribution: what to do about it now, and what to look for when its forms arrive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rothwell.mega_backdoor.distribution import DESTINATIONS, DIRECT, ROLLOVER_60_DAY, Distribution
from rothwell.mega_backdoor.forms import TO_THE_PERSON, Form1099R, Recipient
from rothwell.mega_backdoor.job_year import LawOfYear


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence or two for the reader, and the law or paper that it rests on."""

    words: str
    law: str


def notes_of(distribution: Distribution, recipient: Recipient, law: LawOfYear) -> tuple[Note, ...]:
    """What to do and to know before the money moves, what costs money first."""
    return (
        *_of_the_mix(distribution),
        *_of_the_payment(distribution, recipient, law),
        *_of_roth(distribution, recipient, law),
        *_of_traditional_iras(distribution, recipient, law),
        *_of_the_order(distribution),
        *_of_plans(distribution),
    )


def _of_the_mix(one: Distribution) -> Iterator[Note]:
    source = one.request.source
    if source.contract == "plan" and source.after_tax > 0.0 and one.pre_tax > 0.0 and not one.is_whole_balance:
        yield Note(
            "After-tax money cannot be taken out alone: each payment has the mix of the whole plan. If the plan keeps "
            "after-tax contributions in a sub-account of their own, ask again with --separate-subaccount: only the "
            "earnings of that sub-account then come along.",
            "IRC 72(e)(8), 72(d)(2)",
        )
    if one.net_unrealized_appreciation > 0.0:
        yield Note(
            f"{_dollars(one.net_unrealized_appreciation)} of growth in the shares is taxed when they are sold, as "
            "long-term gain; this needs a lump sum: the whole balance within one year, after separation, 59 1/2, "
            "disability of the self-employed or death.",
            "IRC 402(e)(4)(B), (D); Reg. 1.402(a)-1(b)",
        )


def _of_the_payment(one: Distribution, recipient: Recipient, law: LawOfYear) -> Iterator[Note]:
    days = int(law.record.eligible_rollover_distribution.rollover_days)
    if one.withholding > 0.0:
        words = f"The plan withholds {_dollars(one.withholding)}; it counts as paid to you."
        if one.cash.from_other_money > 0.0:
            words += f" To roll over so much, add {_dollars(one.cash.from_other_money)} of other money."
        words += " A direct rollover bears no withholding."
        yield Note(words, "IRC 3405(c); Reg. 31.3405(c)-1, Q&A-1, Q&A-6; 1.402(c)-2")
    if one.cash.taxable > 0.0:
        words = (
            f"{_dollars(one.cash.taxable)} of what you keep is income. Rolled over within {days} days it is not; "
            "pre-tax money counts as rolled over first."
        )
        yield Note(words, "IRC 402(a), 402(c)(2), (3)(A); Notice 2014-54")
        if recipient.age is None:
            yield Note(
                "Before 59 1/2 it may bear the 10% additional tax as well: --age and --separated-at tell.", "IRC 72(t)"
            )
    elif one.cash.after_tax > 0.0 and one.net_unrealized_appreciation == 0.0:
        yield Note(
            f"What you keep is after-tax money, untaxed. Within {days} days it can still go to a Roth IRA, as untaxed.",
            "IRC 402(c)(2), 408A(e)",
        )


def _of_roth(one: Distribution, recipient: Recipient, law: LawOfYear) -> Iterator[Note]:
    converted = [each for each in one.destinations if each.taxable > 0.0]
    taxed = _sum(each.taxable for each in converted)
    if converted:
        years = int(law.record.roth_five_years.years)
        yield Note(
            f"{_dollars(taxed)} of pre-tax money becomes Roth money: income of {law.year}, from which nothing is "
            "withheld when it moves directly. Raise the withholding of your pay or make an estimated payment.",
            "IRC 408A(d)(3)(A), 402A(c)(4)(A); Notice 2010-84, Q&A-8",
        )
        outside = _sum(each.taxable for each in converted if each.to == "roth_ira" and each.method == DIRECT)
        if outside > 0.0:
            yield Note(
                f"Sent to a traditional IRA by a direct rollover of its own, {_dollars(outside)} would not be taxed "
                "now; an ordinary backdoor Roth would then be taxed pro rata over it.",
                "Notice 2014-54, section III; IRC 408(d)(2)",
            )
        if recipient.age is None or recipient.age < float(law.record.early_distribution.age):
            yield Note(
                f"Taken out of Roth before {law.year + years} and before 59 1/2, that {_dollars(taxed)} bears the 10% "
                "additional tax, though no income tax; the after-tax money that moved with it does not.",
                "IRC 408A(d)(3)(F), 402A(c)(4)(D)",
            )
    if any(each.to in ("in_plan_roth", "roth_plan") for each in converted):
        yield Note("A conversion inside the plan cannot be undone.", "Notice 2010-84; IRC 408A(d)(6)")


def _of_traditional_iras(one: Distribution, recipient: Recipient, law: LawOfYear) -> Iterator[Note]:
    held = [each for each in one.destinations if each.to == "traditional_ira"]
    pre_tax, basis = _sum(each.pre_tax for each in held), _sum(each.after_tax for each in held)
    if pre_tax > 0.0:
        yield Note(
            f"The traditional IRA then holds {_dollars(pre_tax)} of pre-tax money: an ordinary backdoor Roth of "
            f"{law.year} or later is taxed pro rata over it, unless it is in an employer's plan by 31 December.",
            "IRC 408(d)(1)-(2), 72(e)(8); Form 8606, line 6",
        )
        young = recipient.age is not None and recipient.age < float(law.record.early_distribution.age)
        separation_age = float(law.record.early_distribution.separation_age)
        if young and recipient.separated_at is not None and recipient.separated_at >= separation_age:
            yield Note(
                "Left in this plan, the money could be taken before 59 1/2 without the 10% additional tax; in an IRA "
                "it cannot.",
                "IRC 72(t)(2)(A)(v), (3)(A)",
            )
    if basis > 0.0:
        yield Note(
            f"{_dollars(basis)} of after-tax money lands in the traditional IRA: record it on Form 8606, line 2. In a "
            "Roth IRA it would be untaxed as well, and so would its growth.",
            "IRC 408(d)(2), 408A(e); Notice 2014-54",
        )


def _of_the_order(one: Distribution) -> Iterator[Note]:
    direct = [each for each in one.destinations if each.method == DIRECT and each.amount > 0.0]
    if len(direct) > 1 and _sum(each.pre_tax for each in direct) == one.pre_tax > 0.0:
        yield Note(
            "Tell the administrator before the rollover which destination takes the pre-tax money: "
            f"{'; '.join(f'{_dollars(each.pre_tax)} to the {DESTINATIONS[each.to].words}' for each in direct)}. "
            "All payments must be scheduled for the same time.",
            "Notice 2014-54, section III",
        )


def _of_plans(one: Distribution) -> Iterator[Note]:
    of_designated_roth = one.request.source.contract == "designated_roth"
    if any(each.to in ("plan", "roth_plan") and each.after_tax > 0.0 for each in one.destinations):
        yield Note(
            "The receiving plan must agree to account for the after-tax money and its earnings apart: ask before.",
            "IRC 402(c)(2)(A); Reg. 1.402A-1, Q&A-5",
        )
    if any(each.to == "roth_plan" for each in one.destinations) and not of_designated_roth:
        yield Note(
            "roth_plan is taken as the designated Roth account of this same plan: that of another employer takes no "
            "money that is not Roth already.",
            "IRC 402A(c)(4)(B), (c)(3)",
        )


def checks_of(distribution: Distribution, forms: Sequence[Form1099R]) -> tuple[Note, ...]:
    """What to look for when Form 1099-R arrives, and where it goes on Form 1040."""
    return tuple(_checks(distribution, forms))


def _checks(one: Distribution, forms: Sequence[Form1099R]) -> Iterator[Note]:
    for form in forms:
        if form.to != TO_THE_PERSON and form.box_2a > 0.0:
            yield Note(
                f"{_form_of(form)}: box 2a must be {_dollars(form.box_2a)}. Payers often leave it at zero "
                "although earnings went to Roth: ask for a corrected form; the income is due all the same.",
                "Instructions for Forms 1099-R and 5498, Direct Rollovers",
            )
        elif form.to != TO_THE_PERSON and form.box_5 > 0.0 and DESTINATIONS[form.to].roth:
            yield Note(
                f"{_form_of(form)}: box 2a must be zero and box 5 {_dollars(form.box_5)}. Without box 5 "
                "the rollover looks taxable.",
                "Instructions for Forms 1099-R and 5498, Box 5",
            )
    later = _sum(each.amount for each in one.destinations if each.method == ROLLOVER_60_DAY)
    if later > 0.0:
        yield Note(
            f"The form for what was paid to you knows nothing of the {_dollars(later)} rolled over later: its box 2a "
            "still says what was taxable without it. Form 5498 of the receiving IRA shows the rollover.",
            "Form 1040 instructions, lines 5a and 5b",
        )
    if sum(form.box_7 == "G" for form in forms) > 1:
        yield Note(
            "A payer may put all direct rollovers with code G on one form: its boxes are then the sums.",
            "Instructions for Forms 1099-R and 5498, Direct Rollovers",
        )
    if any(form.to == TO_THE_PERSON and form.box_7 is None for form in forms):
        yield Note(
            "Box 7 of what is paid to you is 7 from 59 1/2 on, 2 after separation in or after the year of 55, else 1: "
            "--age and --separated-at tell.",
            "Instructions for Forms 1099-R and 5498, Guide to Distribution Codes",
        )
    gross = _sum(form.box_1 for form in forms)
    rolled = ", marked as a rollover" if one.destinations else ""
    yield Note(
        f"Form 1040: line 5a {_dollars(gross)}, line 5b {_dollars(one.taxable_income)}{rolled}.",
        "Form 1040 instructions, lines 5a and 5b",
    )


def _form_of(form: Form1099R) -> str:
    return f"The form for the {DESTINATIONS[form.to].words}"


def _sum(amounts: Iterator[float] | Sequence[float]) -> float:
    return round(sum(amounts), 2)


def _dollars(amount: float) -> str:
    return f"${amount:,.2f}".removesuffix(".00")
