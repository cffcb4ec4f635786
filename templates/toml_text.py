"""The reader of TOML: tomli, which is tomllib's own source compiled and three times as fast, or tomllib where it is not installed.

A third of the time of checking a thousand reports was spent in tomllib. Both read TOML 1.0 and say the same of what is wrong.
"""

from __future__ import annotations

try:
    from tomli import TOMLDecodeError, loads
except ImportError:  # a copy of the program without its dependencies still checks and exports
    from tomllib import TOMLDecodeError, loads  # type: ignore[assignment] # the same class and function of another module

__all__ = ["TOMLDecodeError", "loads"]
