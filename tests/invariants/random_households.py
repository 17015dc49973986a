"""Households at random for the invariants: every status, plan, timing and poverty that a file may hold."""

from __future__ import annotations

import numpy as np

from rothwell.household import Household
from rothwell.law.lives import SEXES, contribution_and_benefit_base
from rothwell.law.states import has_local_rate, state, states
from tests.lifetime.runs import START, household

NOT_HELD = "HI"
STATES = (NOT_HELD, *states())
CONVERSIONS = ("none", "every_paycheck", "monthly", "quarterly", "yearly")
NAMES = ("Ann", "Ben")


def random_household(generator: np.random.Generator, steady_jobs: bool = False, rarer: bool = False) -> Household:
    """A household that the plan accepts; living costs range from modest to more than there is.

    Steady jobs last from the start year to retirement, with nothing but growth. `rarer` adds what few files have:
    businesses of one's own, plans under section 457(b), related employers, ACP tests, guardrails.
    """
    status = str(generator.choice(["single", "mfj", "mfj", "hoh"]))
    names = NAMES if status == "mfj" else NAMES[:1]
    text = f'[household]\nfiling_status = "{status}"\n{_home(generator)}start_year = {START}\n'
    text += f"prior_magi = {{ 2024 = {_money(generator, 4e5)}, 2025 = {_money(generator, 4e5)} }}\n"
    people, jobs, pay = "", "", 0.0
    for name in names:
        born = int(generator.integers(1945, 1996))
        works = START - born < 68 and generator.random() < 0.75
        people += _person(generator, name, born, works)
        if works:
            for employer in range(1 if generator.random() < 0.8 else 2):
                wages = float(generator.choice([0.1, 1.0, 1.0, 4.0])) * _money(generator, 2e5) + 4_000
                pay += wages
                jobs += _job(generator, name, f"Employer {employer}", wages, steady_jobs)
    children = "".join(
        f'[[children]]\nname = "Child {number}"\nbirth_date = {generator.integers(2008, 2026)}-03-04\n'
        f"dependent_until = {generator.integers(0, 25)}\n"
        for number in range(int(generator.integers(0, 4)))
    )
    accounts, living = _accounts(generator, names), _living(generator, pay)
    flows = _incomes_and_costs(generator, names) + _health(generator, names) + _moves(generator)
    lives = '[mortality]\nkind = "table"\n' if "birth_date = 196" in people else ""
    mixes = _mixes(generator) if generator.random() < 0.4 else ""
    if mixes:
        parts = accounts.split("[[accounts]]\n")
        lines = ["", 'mix = "second"\n', 'mix = "first"\n']
        accounts = parts[0] + "".join(f"[[accounts]]\n{generator.choice(lines)}{part}" for part in parts[1:])
    held = _taxable_account(generator) if generator.random() < 0.6 else ""
    market = _market_of_assets(generator) if mixes else _market(generator)
    if rarer:
        jobs = _rarer_plans(generator, jobs)
        jobs += _rarer_work(generator, [name for name in names if f'person = "{name}"' in jobs])
        if "rule" not in living and generator.random() < 0.5:
            living += f'rule = "guardrails"\nguardrail_width = {generator.uniform(0.05, 0.4):.3f}\n'
    return household(text + people + children + jobs + accounts + flows + living + mixes + held + market + lives)


def _money(generator: np.random.Generator, most: float) -> int:
    return int(generator.random() ** 2 * most)


def _person(generator: np.random.Generator, name: str, born: int, works: bool) -> str:
    age = START - born
    text = f'[[people]]\nname = "{name}"\nbirth_date = {born}-{generator.integers(1, 13):02d}-15\n'
    text += f'sex = "{SEXES[born % 2]}"\n'
    text += f"planning_age = {max(age + 1, int(generator.integers(66, 101)))}\n"
    if works:
        text += f"retirement_age = {max(age + 1, int(generator.integers(40, 71)))}\n"
        if generator.random() < 0.3:
            text += 'plan_on_leaving = "keep"\n'
    if generator.random() < 0.2:
        text += 'ira = { every_year = "backdoor" }\n'
    if generator.random() < 0.2:
        kind = generator.choice(["self_only", "family"])
        text += f'hsa = {{ every_year = true, coverage = [{{ kind = "{kind}" }}] }}\n'
    if generator.random() < 0.8:
        text += _benefit(born, int(generator.integers(62, 71)), _money(generator, 5e4))
    if generator.random() < 0.3:
        indexed = str(generator.random() < 0.5).lower()
        text += f"[people.pension]\nannual_amount = {_money(generator, 6e4)}\n"
        text += f"start_age = {generator.integers(55, 71)}\ncost_of_living = {indexed}\n"
        text += f"survivor_share = {generator.random():.2f}\n"
    return text


def _benefit(born: int, age: int, amount: int) -> str:
    """A benefit in one of the three ways, by the year of birth."""
    text = f"[people.social_security]\nclaiming_age = {age}\n"
    text += f"claiming_months = {born % 12}\n" if age < 70 else ""
    text += f"survivor_claiming_age = {60 + born % 8}\n" if born % 5 == 0 else ""
    if born % 3 == 0:
        return text + f"annual_benefit = {amount}\n"
    if born % 3 == 1:
        return text + f"pia = {amount / 12:.2f}\n"
    years = range(born + 20, START)
    taxed = "".join(f"{year} = {min(2.0 * amount, contribution_and_benefit_base(year)):.2f}\n" for year in years)
    return text + "[people.social_security.earnings]\n" + taxed


def _job(generator: np.random.Generator, name: str, employer: str, pay: float, steady: bool) -> str:
    text = f'[[jobs]]\nperson = "{name}"\nemployer = "{employer}"\npay = {pay}\n'
    text += f"growth = {generator.uniform(-0.02, 0.02):.4f}\n"
    if generator.random() < 0.5:
        text += f"plan_pay = {pay * generator.uniform(0.5, 1.0):.2f}\n"
    if generator.random() < 0.5:
        text += f"prior_year_wages = {pay * generator.uniform(0.3, 1.2):.2f}\n"
    if not steady and generator.random() < 0.3:
        text += f"start_date = {START + int(generator.integers(-3, 8))}-{generator.integers(1, 13):02d}-10\n"
        text += f"end_date = {START + int(generator.integers(8, 40))}-{generator.integers(1, 13):02d}-20\n"
        text += f"[[jobs.raises]]\nyear = {START + 8}\npay = {pay * generator.uniform(0.2, 2.0):.2f}\n"
        text += f"[[jobs.equity_by_year]]\nyear = {START + 8}\namount = {_money(generator, 3e5)}\n"
    if generator.random() < 0.1:
        return text
    roth = generator.random() < 0.8
    after_tax = generator.random() < 0.7
    text += f"[jobs.plan]\nroth_deferrals = {str(roth).lower()}\n"
    if generator.random() < 0.5:
        text += f"elective_deferral = {_money(generator, 4e4)}\n"
    if roth and generator.random() < 0.3:
        text += 'deferral_kind = "roth"\n'
    text += f"after_tax_contributions = {str(after_tax).lower()}\n"
    text += f"catch_up_60_63 = {str(generator.random() < 0.5).lower()}\n"
    if roth:
        text += f'conversion = "{generator.choice(CONVERSIONS)}"\n'
    text += f"in_service_rollover = {str(generator.random() < 0.3).lower()}\n"
    if after_tax and generator.random() < 0.3:
        text += f"after_tax_pay_cap = {generator.uniform(0.02, 0.3):.3f}\n"
    if after_tax and generator.random() < 0.3:
        text += f"after_tax_dollar_cap = {_money(generator, 5e4)}\n"
    if generator.random() < 0.2:
        text += f"acp_limit = {generator.uniform(0.02, 0.2):.3f}\n"
    if generator.random() < 0.7:
        low, high = sorted(generator.uniform(0.01, 0.12, 2))
        text += f"match = [{{ rate = 1.0, up_to = {low:.4f} }}, {{ rate = 0.5, up_to = {high + 0.001:.4f} }}]\n"
        if generator.random() < 0.3:
            text += f"match_dollar_cap = {_money(generator, 2e4)}\n"
    if generator.random() < 0.3:
        text += f"nonelective = {generator.uniform(0.0, 0.12):.3f}\n"
    return text


def _rarer_plans(generator: np.random.Generator, jobs: str) -> str:
    """Jobs of related employers, and what the ACP test leaves of after-tax money."""
    text = ""
    related = generator.random() < 0.3
    for job in jobs.split("[[jobs]]\n")[1:]:
        of_group = 'controlled_group = "Group"\n' if related else ""
        text += f"[[jobs]]\n{of_group}{job}"
        tested = "after_tax_contributions = true" in job and not ("acp_limit" in job or "elective_deferral" in job)
        if tested and generator.random() < 0.5:
            text += f"[jobs.plan.acp_test]\nnhce_average = {generator.uniform(0.01, 0.08):.3f}\n"
            text += f"refund_chance = {generator.random():.2f}\n"
    return text


def _rarer_work(generator: np.random.Generator, workers: list[str]) -> str:
    """Businesses of their own and plans under section 457(b) of people who work."""
    text = ""
    for name in workers:
        if generator.random() < 0.5:
            profit = _money(generator, 4e5) + 1_000
            text += f'[[businesses]]\nperson = "{name}"\nname = "{name} Advises"\nnet_profit = {profit}\n'
            text += f"growth = {generator.uniform(-0.02, 0.02):.4f}\n"
            text += f"specified_service = {str(generator.random() < 0.5).lower()}\n"
            text += f"wages_paid = {_money(generator, 1e5)}\n"
            if generator.random() < 0.8:
                text += f"[businesses.plan]\nafter_tax_contributions = {str(generator.random() < 0.7).lower()}\n"
                text += f'conversion = "{generator.choice(CONVERSIONS)}"\n'
                text += f'deferral_kind = "{generator.choice(["pre_tax", "roth"])}"\n'
                amount = generator.choice(['"max"', str(_money(generator, 6e4))])
                text += f"profit_sharing = {amount}\n"
        if generator.random() < 0.4:
            text += f'[[jobs]]\nperson = "{name}"\nemployer = "County"\npay = {_money(generator, 2e5) + 5_000}\n'
            text += f'[jobs.plan]\nkind = "457b"\ngovernmental = {str(generator.random() < 0.7).lower()}\n'
            text += f"elective_deferral = {_money(generator, 4e4)}\nroth_deferrals = false\n"
            text += f"nonelective = {generator.uniform(0.0, 0.05):.3f}\n"
    return text


def _accounts(generator: np.random.Generator, names: tuple[str, ...]) -> str:
    text = ""
    size = float(generator.choice([0.02, 1.0, 5.0]))
    kinds = ("taxable", "pre_tax_plan", "traditional_ira", "roth_plan", "roth_ira", "after_tax_plan", "hsa")
    for kind in kinds:
        for name in names:
            if generator.random() < 0.6:
                balance = _money(generator, 1e6) * size
                text += f'[[accounts]]\nkind = "{kind}"\nowner = "{name}"\nbalance = {balance}\n'
                text += _basis(generator, kind, balance)
                if kind in ("pre_tax_plan", "traditional_ira") and generator.random() < 0.3:
                    text += f"state_basis = {balance * generator.random():.2f}\n"
                if generator.random() < 0.3:
                    text += f"fee = {generator.uniform(0.0, 0.02):.4f}\n"
    return text


def _basis(generator: np.random.Generator, kind: str, balance: float) -> str:
    """Basis where an account needs it or may have it, conversions of years about the five in Roth accounts."""
    if kind in ("taxable", "after_tax_plan") or (kind == "traditional_ira" and generator.random() < 0.3):
        return f"basis = {balance * generator.random():.2f}\n"
    if kind == "pre_tax_plan" and generator.random() < 0.3:
        return f'employer = "Old"\nleft_in = {generator.integers(2016, 2026)}\n'
    if not kind.startswith("roth") or generator.random() < 0.3:
        return ""
    shares = generator.dirichlet(np.ones(6)) * balance
    rows = [
        f"{{ year = {year}, taxable = {shares[place]:.2f}, untaxed = {shares[place + 1]:.2f} }}"
        for place, year in ((0, 2020), (2, int(generator.integers(2021, 2027))))
    ]
    basis = f"basis = {min(balance, shares[:5].sum() + 0.05):.2f}\n" if balance > 1.0 else ""
    first = f"first_roth_year = {generator.integers(2010, 2021)}\n" if generator.random() < 0.5 else ""
    return first + (basis + f"conversions = [{', '.join(rows)}]\n" if basis else "")


def _incomes_and_costs(generator: np.random.Generator, names: tuple[str, ...]) -> str:
    text = ""
    for number in range(int(generator.integers(0, 5))):
        kind = str(generator.choice(["incomes", "incomes", "costs"]))
        text += f'[[{kind}]]\nname = "Flow {number}"\namount = {_money(generator, 1e5)}\n'
        text += f'rises_with = "{generator.choice(["prices", "medical_prices", "nothing"])}"\n'
        first = START + int(generator.integers(0, 20))
        if generator.random() < 0.3:
            text += f"year = {START}\n"
        elif generator.random() < 0.5:
            text += f"first_year = {START}\nlast_year = {first}\n"
        if generator.random() < 0.5:
            text += f'person = "{generator.choice(names)}"\n'
            if kind == "incomes" and len(names) > 1:
                text += f"survivor_share = {generator.random():.2f}\n"
        if kind == "incomes":
            taxed = str(generator.choice(["ordinary", "investment", "untaxed"]))
            text += f'kind = "{taxed}"\n'
            text += "" if taxed == "untaxed" else f"taxable_share = {generator.random():.2f}\n"
    return text


def _health(generator: np.random.Generator, names: tuple[str, ...]) -> str:
    if generator.random() < 0.4:
        return ""
    text = f"[health]\nout_of_pocket = {_money(generator, 1e4)}\npart_d_premium = {_money(generator, 2e3)}\n"
    text += f"medigap_premium = {_money(generator, 5e3)}\n"
    for name in names:
        if generator.random() < 0.8:
            premium = _money(generator, 4e4)
            text += f'[[health.marketplace]]\nperson = "{name}"\npremium = {premium}\n'
            text += f"benchmark = {premium * generator.uniform(0.5, 1.5):.2f}\n"
            text += f"first_year = {START + int(generator.integers(0, 5))}\n" if generator.random() < 0.3 else ""
        if generator.random() < 0.3:
            text += f'[[health.long_term_care]]\nperson = "{name}"\nannual_cost = {_money(generator, 2e5)}\n'
            text += f"start_age = {generator.integers(50, 95)}\n"
            text += f"chance = {generator.random():.2f}\n" if generator.random() < 0.5 else ""
    return text


def _moves(generator: np.random.Generator) -> str:
    if generator.random() < 0.7:
        return ""
    return f"[[residence]]\n{_home(generator)}year = {START + int(generator.integers(1, 20))}\n"


def _home(generator: np.random.Generator) -> str:
    """A state, with the rates that its law or the lack of one asks for."""
    code = str(generator.choice(STATES))
    text = f'state = "{code}"\n'
    if code == NOT_HELD and generator.random() < 0.5:
        gains = f", gains = {generator.uniform(0.0, 0.1):.3f}" if generator.random() < 0.5 else ""
        text += f"state_rates = {{ income = {generator.uniform(0.0, 0.1):.3f}{gains} }}\n"
    if code != NOT_HELD and has_local_rate(state(code)):
        text += f"local_rate = {generator.uniform(0.0, 0.04):.4f}\n"
    return text


def _living(generator: np.random.Generator, pay: float) -> str:
    text = ""
    for number in range(int(generator.integers(0, 3))):
        year = START + int(generator.integers(0, 2))
        text += f'[[goals]]\nname = "Goal {number}"\nyear = {year}\namount = {_money(generator, 2e5)}\n'
    text += f"[spending]\nliving_cost = {pay * generator.uniform(0.2, 0.7):.2f}\n"
    text += f"cash_floor = {_money(generator, 1e5)}\n"
    if generator.random() < 0.3:
        text += f'rule = "flat"\nflat_amount = {_money(generator, 1.5e5)}\n'
    return text


def _market(generator: np.random.Generator) -> str:
    timing = generator.choice(["start", "end"])
    text = f'[market]\nspending_timing = "{timing}"\ndeviation = {generator.uniform(0.0, 0.4):.3f}\n'
    text += f"dividend_yield = {generator.uniform(0.0, 0.05):.4f}\nplan_fee = {generator.uniform(0.0, 0.01):.4f}\n"
    return text + f"taxable_fee = {generator.uniform(0.0, 0.01):.4f}\nira_fee = {generator.uniform(0.0, 0.01):.4f}\n"


def _mixes(generator: np.random.Generator) -> str:
    text = ""
    for name in ("first", "second"):
        stocks, bonds = generator.integers(0, 51, 2) / 100
        text += f'[[mixes]]\nname = "{name}"\nstocks = {stocks}\nbonds = {bonds}\ncash = {1 - stocks - bonds:.2f}\n'
        if generator.random() < 0.5:
            text += f"[[mixes.glide]]\nyear = {START + generator.integers(1, 40)}\nstocks = 0.2\nbonds = 0.8\n"
    return text


def _market_of_assets(generator: np.random.Generator) -> str:
    kind = generator.choice(["lognormal", "bootstrap", "historical", "fixed"])
    text = f'[market]\nkind = "{kind}"\nspending_timing = "{generator.choice(["start", "end"])}"\n'
    text += f"dividend_yield = {generator.uniform(0.0, 0.05):.4f}\nbond_yield = {generator.uniform(0.0, 0.06):.4f}\n"
    if kind == "bootstrap":
        text += f"block_years = {generator.integers(1, 20)}\n"
    if kind == "historical" and generator.random() < 0.3:
        text += f"historical_start = {generator.integers(1928, 2026)}\n"
    if kind == "lognormal":
        text += f"[market.stocks]\nmean_return = 0.07\ndeviation = {generator.uniform(0.0, 0.4):.3f}\n"
        text += f"[market.correlations]\nstocks_bonds = {generator.uniform(-0.5, 0.5):.3f}\n"
    return text


def _taxable_account(generator: np.random.Generator) -> str:
    text = f'[taxable_account]\nbasis_method = "{generator.choice(["average", "highest_first"])}"\n'
    if generator.random() < 0.5:
        text += f"qualified_share = {generator.random():.3f}\n"
    if generator.random() < 0.5:
        text += f"turnover = {generator.random() ** 2:.3f}\nshort_term_share = {generator.random():.3f}\n"
    if generator.random() < 0.4:
        text += f"short_term_loss_carryover = {_money(generator, 1e5)}\n"
        text += f"long_term_loss_carryover = {_money(generator, 3e5)}\n"
    return text
