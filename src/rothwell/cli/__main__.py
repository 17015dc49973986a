"""`python -m rothwell.cli`."""

from rothwell.cli.app import main

if __name__ == "__main__":
    main()
