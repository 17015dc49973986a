"""The tax that the law makes: one pure function per form, worksheet or section. Imports the law and nothing else."""
