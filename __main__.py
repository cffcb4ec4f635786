"""`python -m nianbao`."""

from nianbao.cli.main import console

console()
