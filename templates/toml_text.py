"""TOML parser: tomli, which is tomllib's source compiled and three times as fast, or tomllib if tomli is not installed.

tomllib took a third of the time of checking a thousand reports. Both parse TOML 1.0 and raise the same error messages.
"""

from __future__ import annotations

try:
    from tomli import TOMLDecodeError, loads
except ImportError:  # a copy of the program without its dependencies still checks and exports
    from tomllib import TOMLDecodeError, loads  # type: ignore[assignment] # the same class and function of another module

__all__ = ["TOMLDecodeError", "loads"]
