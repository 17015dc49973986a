"""Social Security benefits in the income of a state."""

from __future__ import annotations

import math

from rothwell.provision import provision


@provision
def benefits_taxed(federal, status, law):  # type: ignore[no-untyped-def]
    """Social Security benefits that a state taxes: a share of the federally taxable ones, less a subtraction.

    Law:    each state's own; Minn. Stat. 290.0132, subd. 26.
    Form:   Schedule M1M (2025), worksheet for line 12, steps 1 to 8.
    Units:  dollars of the year; `law` the state's section of Social Security.
    Tests:  test_minnesota_taxes_benefits_by_steps_of_income.
    """
    taxable = law.taxed * federal.taxable_benefits
    over = max(0.0, federal.agi - law.phase_out_start[status])
    steps = math.ceil(over / law.phase_out_step[status]) if over > 0.0 else 0.0
    kept = min(1.0, law.phase_out_share * steps)
    starts = 1.0 if law.phase_out_start[status] < math.inf else 0.0  # without a start there is no subtraction
    return taxable * (1.0 - starts * (1.0 - kept))
