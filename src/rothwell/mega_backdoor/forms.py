"""The forms that a distribution brings, filled in as its payer should fill them in.

Form:   Form 1099-R, Instructions for Forms 1099-R and 5498 (2025). One publisher shows boxes 7b to 7d on the form of
        2026, where box 7 would be 7a: not confirmed in the official text.
Not modeled: boxes 3, 8, 9a and 9b, state and local boxes; payers who put direct rollovers to several destinations on
        one form with code G.
"""

from __future__ import annotations

from dataclasses import dataclass

from rothwell.mega_backdoor.distribution import DIRECT, Destination, Distribution, cents
from rothwell.mega_backdoor.job_year import LawOfYear, rule
from rothwell.tax.early_distributions import early_amount_subject

TO_THE_PERSON = "you"
EARLY, EARLY_EXCEPTION, NORMAL = "1", "2", "7"
DIRECT_ROLLOVER, DESIGNATED_ROTH, DESIGNATED_ROTH_TO_ROTH_IRA = "G", "B", "H"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives a distribution.

    age             in years on the day of payment, 59.5 for 59 1/2; None when not given
    separated_at    the age attained in the year of leaving the employer of this plan; None while still there
    public_safety   a public safety employee or firefighter, IRC 72(t)(10)
    first_roth_year of a designated Roth account: the first year of its five-year period
    """

    age: float | None = None
    separated_at: int | None = None
    public_safety: bool = False
    first_roth_year: int | None = None


@dataclass(frozen=True, slots=True)
class Form1099R:
    """Form 1099-R in dollars: gross (1), taxable (2a), whether a total distribution (2b), tax withheld (4), after-tax
    money (5), net unrealized appreciation (6), codes (7), amount of an in-plan rollover within five years (10), first
    year of a designated Roth account (11). `to` is a destination or `you`; `box_7` is None when age decides and is not
    given. Of an IRA "IRA/SEP/SIMPLE" is checked in box 7, and in box 2b that the taxable amount is not determined."""

    to: str
    box_1: float
    box_2a: float
    box_2b_total_distribution: bool
    box_4: float
    box_5: float
    box_6: float
    box_7: str | None
    box_10: float | None
    box_11: int | None
    box_2b_not_determined: bool = False
    box_7_ira: bool = False


def form_of_ira(to: str, amount: float, code: str | None) -> Form1099R:
    """Form 1099-R of a traditional IRA: the whole amount stands in box 2a too, for the trustee knows no basis.

    Law:    IRC 408(d)(1), (2), (i).
    Form:   Instructions for Forms 1099-R and 5498 (2025), Box 2a (traditional IRA), Box 2b, Box 7.
    Units:  dollars.
    Tests:  test_the_forms_of_the_ordinary_backdoor.
    """
    return Form1099R(
        to=to,
        box_1=amount,
        box_2a=amount,
        box_2b_total_distribution=False,
        box_4=0.0,
        box_5=0.0,
        box_6=0.0,
        box_7=code,
        box_10=None,
        box_11=None,
        box_2b_not_determined=True,
        box_7_ira=True,
    )


def forms_1099r(distribution: Distribution, recipient: Recipient, law: LawOfYear) -> tuple[Form1099R, ...]:
    """A form for each direct rollover and one for what was paid to the person; a 60-day rollover has none of its own.

    The payer knows nothing of a 60-day rollover: what went into it is part of the payment, box 2a included.

    Law:    IRC 6047(d); Notice 2014-54.
    Form:   Instructions for Forms 1099-R and 5498 (2025), Direct Rollovers, Designated Roth Account Distributions,
            Box 6, Guide to Distribution Codes.
    Units:  dollars. Box 10 is for later payments out of a designated Roth account, not for the rollover into it.
    Not modeled: in box 10, what of a payment from a designated Roth account comes from a rollover inside the plan
            within five years: it is left empty.
    Tests:  test_each_form_adds_up, test_a_direct_rollover_has_code_g,
            test_codes_of_designated_roth_accounts, test_age_decides_the_code_of_a_payment.
    """
    found = [
        _direct(one, distribution, recipient)
        for one in distribution.destinations
        if one.method == DIRECT and one.amount > 0.0
    ]
    if distribution.paid_pre_tax + distribution.paid_after_tax > 0.0:
        found.append(_paid(distribution, recipient, law))
    return tuple(found)


def _is_total(distribution: Distribution) -> bool:
    """Whether the account is emptied; a sub-account is a part of an account that holds more."""
    return distribution.is_whole_balance and distribution.request.source.contract != "separate_subaccount"


def _direct(one: Destination, distribution: Distribution, recipient: Recipient) -> Form1099R:
    designated_roth = distribution.request.source.contract == "designated_roth"
    code = DIRECT_ROLLOVER
    if designated_roth:
        to_roth_ira = one.to == "roth_ira"
        code = DESIGNATED_ROTH_TO_ROTH_IRA if to_roth_ira else DESIGNATED_ROTH + DIRECT_ROLLOVER
    return Form1099R(
        to=one.to,
        box_1=one.amount,
        box_2a=one.taxable,
        box_2b_total_distribution=_is_total(distribution),
        box_4=0.0,
        box_5=one.after_tax,
        box_6=0.0,
        box_7=code,
        box_10=None,
        box_11=recipient.first_roth_year if designated_roth else None,
    )


def _paid(distribution: Distribution, recipient: Recipient, law: LawOfYear) -> Form1099R:
    designated_roth = distribution.request.source.contract == "designated_roth"
    code = code_of_payment(recipient, law)
    paid = cents(distribution.paid_pre_tax) + cents(distribution.paid_after_tax)
    return Form1099R(
        to=TO_THE_PERSON,
        box_1=paid / cents(1.0),
        box_2a=distribution.paid_taxable,
        box_2b_total_distribution=_is_total(distribution),
        box_4=distribution.withholding,
        box_5=distribution.paid_after_tax,
        box_6=distribution.net_unrealized_appreciation,
        box_7=code + DESIGNATED_ROTH if code and designated_roth else code,
        box_10=None,
        box_11=recipient.first_roth_year if designated_roth else None,
    )


def code_of_payment(recipient: Recipient, law: LawOfYear) -> str | None:
    """Box 7 of a payment to the person: 7 from 59 1/2 on, else 2 where separation excepts it, else 1.

    Law:    IRC 72(t)(2)(A)(i), (v), (10).
    Form:   Instructions for Forms 1099-R and 5498 (2025), Guide to Distribution Codes.
    Not modeled: codes 3 (disability) and 4 (death); other exceptions, of which the payer need not know.
    Tests:  test_age_decides_the_code_of_a_payment.
    """
    if recipient.age is None:
        return None
    if recipient.age >= float(law.record.early_distribution.age):
        return NORMAL
    return EARLY if subject_to_additional_tax(1.0, recipient, law) else EARLY_EXCEPTION


def additional_tax(distribution: Distribution, recipient: Recipient, law: LawOfYear) -> float | None:
    """The additional tax on what the person keeps (Form 5329, line 4); None when the age is not given.

    Law:    IRC 72(t)(1); none on what is converted, 402A(c)(4)(A)(ii), 408A(d)(3)(A)(ii).
    Units:  dollars.
    Tests:  test_the_additional_tax_is_on_the_cash_alone.
    """
    if recipient.age is None:
        return None
    subject = subject_to_additional_tax(distribution.cash.taxable, recipient, law)
    return round(float(law.record.early_distribution.rate) * subject, 2)


def subject_to_additional_tax(taxable: float, recipient: Recipient, law: LawOfYear) -> float:
    """What of a taxable payment from a plan is subject to the additional tax, by age and separation."""
    assert recipient.age is not None
    separated = 0 if recipient.separated_at is None else recipient.separated_at
    section = law.record.early_distribution
    public_safety = float(recipient.public_safety)
    return float(rule(early_amount_subject, recipient.age, taxable, 1.0, separated, public_safety, section))
