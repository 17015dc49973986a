"""What to check when the forms of a year arrive, person by person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rothwell.mega_backdoor.after_tax_moves import ROTH_IRA, PlanForm
from rothwell.mega_backdoor.capacity import PersonCapacity
from rothwell.mega_backdoor.distribution_notes import Note
from rothwell.mega_backdoor.form_line import values_of
from rothwell.mega_backdoor.form_w2 import FormW2
from rothwell.mega_backdoor.ira_forms import IraForms
from rothwell.mega_backdoor.job_year import HALF_A_CENT

OF_W2 = "General Instructions for Forms W-2 and W-3, box 12"
OF_1099R = "Instructions for Forms 1099-R and 5498"


def checks_of_w2(name: str, forms: Sequence[FormW2], found: PersonCapacity) -> Iterator[Note]:
    """Deferrals under the right code, after-tax money under none."""
    for form in forms:
        if form.box_12:
            shown = ", ".join(f"{entry.code} {_dollars(entry.amount)}" for entry in form.box_12)
            yield Note(f"{name}, Form W-2 of {form.employer}: box 12 must say {shown}, as the last pay slip.", OF_W2)
        if form.box_14_after_tax > HALF_A_CENT:
            yield Note(
                f"{name}, Form W-2 of {form.employer}: {_dollars(form.box_14_after_tax)} of after-tax money is part of "
                "box 1 and in no code of box 12; box 14 may show it. Under D or AA it would count as deferrals, above "
                "the limit: ask for Form W-2c.",
                OF_W2,
            )
    for employer in found.employers:
        if employer.catch_up_must_be_roth is None and employer.catch_up > HALF_A_CENT:
            yield Note(
                f"{name}, {employer.employer}: catch-up of {_dollars(employer.catch_up)} is shown as Roth, since last "
                "year's wages are not given; if it may be and is pre-tax, it moves to the pre-tax code, and box 1 is "
                "lower by it.",
                "IRC 414(v)(7)(A)",
            )


def checks_of_plans(name: str, forms: Sequence[PlanForm], mean_return: float, own: Collection[str]) -> Iterator[Note]:
    """Form 1099-R of each plan, and that of the Roth IRA that took the money; `own` are businesses of the person."""
    for one in forms:
        form, move = one.form, one.move
        place = f"{name}, Form 1099-R of the plan of {one.employer}"
        if form.box_2a > 0.0:
            yield Note(
                f"{place}: box 2a must show the earnings that went to Roth, about {_dollars(round(form.box_2a))} at "
                f"{mean_return:.1%} a year, and box 5 {_dollars(form.box_5)}. Payers often leave box 2a at zero: "
                "compare it with the plan's statement, and ask for a corrected form; the income is due all the same.",
                f"{OF_1099R}, Direct Rollovers; IRC 402A(c)(4)",
            )
        else:
            yield Note(
                f"{place}: box 5 must be {_dollars(form.box_5)}, without which the rollover looks taxable; box 2a is "
                "zero only if nothing was earned until the money moved: a plan that moves it some days after each "
                "paycheck has a little in box 2a.",
                f"{OF_1099R}, Box 5",
            )
        if one.employer in own:
            yield Note(
                f"{place}: nobody else sends it. The owner of a one-person plan is its administrator and files Form "
                "1099-R for a conversion in the plan, unless the provider does: ask, well before the form is due.",
                "IRC 6047(d); Instructions for Forms 1099-R and 5498, Who Must File",
            )
        if move.unknown_earnings:
            yield Note(
                f"{place}: what the contributions so far had earned when they moved is not in the file, so boxes 1 and "
                "2a are higher by it.",
                "IRC 402A(c)(4)(A)(i), 408A(d)(3)(A)(i)",
            )
        if move.to == ROTH_IRA:
            yield Note(
                f"{name}, Form 5498 of the Roth IRA: the rollover of {_dollars(form.box_1)} belongs in box 2. In box "
                "10 it would look like a contribution above the limit; box 3 is for money of other IRAs.",
                f"{OF_1099R}, Boxes 2, 3 and 10",
            )


def checks_of_iras(name: str, forms: IraForms, found: PersonCapacity) -> Iterator[Note]:
    """The forms of the ordinary backdoor, and what they do not say."""
    shown = values_of(forms.form_8606)
    conversion = next((one for one in forms.form_1099r if one.to == ROTH_IRA), None)
    if conversion is not None:
        taxable = _dollars(round(shown["18"], 2)) if "18" in shown else "what line 18 of Form 8606 says"
        yield Note(
            f"{name}, Form 1099-R of the traditional IRA: box 2a repeats box 1, since the trustee knows no basis; "
            f"taxable is {taxable}, on Form 1040, line 4b. Code 1 in box 7 would be wrong: a conversion has 2 or 7.",
            f"{OF_1099R}, Boxes 2a and 7; Form 8606, line 18",
        )
    if forms.form_8606 and "18" not in shown:
        yield Note(
            f"{name}: Form 8606 needs the value of all traditional, SEP and SIMPLE IRAs on 31 December: list them as "
            "[[accounts]] (accounts = [] for none), or give people.ira.year_end_value.",
            "Form 8606, line 6",
        )
    backdoor = found.ira.backdoor
    left = found.ira.left - (backdoor.contribution if backdoor is not None else 0.0)
    if left > HALF_A_CENT:
        yield Note(
            f"{name}, Form 5498: what still goes into IRAs for the year, up to {_dollars(left)}, is not counted here; "
            "it adds to box 1, or to box 10 of a Roth IRA.",
            f"{OF_1099R}, Boxes 1 and 10",
        )


def _dollars(amount: float) -> str:
    return f"${amount:,.2f}".removesuffix(".00")
