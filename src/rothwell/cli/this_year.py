"""Commands about this year: the room, the tax to pay in time, the forms to expect, what can be taken out."""

from __future__ import annotations

from typing import Annotated

import typer

from rothwell.cli.app import (
    LATEST_YEAR,
    AsJson,
    Command,
    HouseholdFile,
    YearOfFile,
    app,
    show,
    today,
)


@app.command(
    cls=Command,
    short_help="This year's room in the plans, and what to elect.",
    epilog="Example: rothwell capacity examples/couple.toml --json",
)
def capacity(
    household_file: HouseholdFile,
    year: YearOfFile = None,
    as_json: AsJson = False,
) -> int:
    """How much each person can put into each employer's plan, into IRAs and an HSA, line by line with its law.

    With the pay dates in the file ([jobs.pay_schedule]): what to elect for which paycheck, and the match that is lost.
    """
    from rothwell.household import load_household
    from rothwell.mega_backdoor.capacity import capacity_of
    from rothwell.report.capacity_text import capacity_json
    from rothwell.report.outside_text import print_desk

    return show(capacity_of(load_household(household_file, today()), year), as_json, capacity_json, print_desk)


@app.command(
    cls=Command,
    short_help="What to do this year, by day, and the mistakes caught.",
    epilog="Example: rothwell checklist examples/engineer.toml",
)
def checklist(
    household_file: HouseholdFile,
    year: YearOfFile = None,
    as_json: AsJson = False,
) -> int:
    """What to do this year by day, where savings should go, and mistakes with their cures."""
    from rothwell.household import load_household
    from rothwell.mega_backdoor.capacity import capacity_of
    from rothwell.mega_backdoor.checklist import checklist_of
    from rothwell.report.checklist_sections import checklist_json, checklist_sections
    from rothwell.report.terminal import in_sections

    household = load_household(household_file, today())
    answer = checklist_of(household, capacity_of(household, year))
    return show(answer, as_json, checklist_json, in_sections(checklist_sections))


@app.command(
    cls=Command,
    short_help="Paying the year's tax in time: withholding, vouchers.",
    epilog="Example: rothwell payments examples/everything.toml --json",
)
def payments(
    household_file: HouseholdFile,
    as_json: AsJson = False,
) -> int:
    """What must be paid by which day so that vests and conversions bring no penalty, and what is still missing."""
    from rothwell.household import load_household
    from rothwell.mega_backdoor.payments import payments_of
    from rothwell.report.payments_text import payments_json, print_payments

    return show(payments_of(load_household(household_file, today())), as_json, payments_json, print_payments)


@app.command(
    cls=Command,
    short_help="The year's forms, and what to check when they come.",
    epilog="Example: rothwell forms examples/couple.toml",
)
def forms(
    household_file: HouseholdFile,
    year: YearOfFile = None,
    as_json: AsJson = False,
) -> int:
    """Forms W-2, 1099-R, 5498, 8606, 5329 and lines 4a to 5b of Form 1040, as the year's plan should bring them.

    The whole room for after-tax money is taken to be used, and the ordinary backdoor done. What a payout of a plan
    brings, employer's shares in it too, is shown by `rothwell distribution`.
    """
    from rothwell.household import load_household
    from rothwell.mega_backdoor.forms_of_year import forms_of
    from rothwell.report.forms_sections import forms_json, forms_sections
    from rothwell.report.terminal import in_sections

    answer = forms_of(load_household(household_file, today()), year)
    return show(answer, as_json, forms_json, in_sections(forms_sections))


@app.command(
    cls=Command,
    short_help="What can be taken out of each account, and when.",
    epilog="Example: rothwell access examples/couple.toml --year 2030",
)
def access(
    household_file: HouseholdFile,
    year: Annotated[
        int | None,
        typer.Option(
            metavar="YEAR",
            min=1900,
            max=LATEST_YEAR,
            help="One year; default: from the file's start_year until nothing changes any more.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """What each person can take out of each retirement account: at no cost, with the 10% tax, with income tax."""
    from rothwell.household import load_household
    from rothwell.mega_backdoor.roth_access import access_of
    from rothwell.report.access_text import access_json, print_access

    return show(access_of(load_household(household_file, today()), year), as_json, access_json, print_access)
