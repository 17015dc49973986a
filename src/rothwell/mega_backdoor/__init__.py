"""This year, to the dollar: what a person does with an employer's plan."""
