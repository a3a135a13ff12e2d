"""Starts the Lyceum emulator for tests of Pulumi programs.

The emulator needs Node.js 20.18.1 or later, and no account. With pytest, use the fixture ``lyceum_emulator``.
"""

from .emulator import Emulator, EmulatorError, ReceivedRequest, Run, StatusTime, start_emulator

__all__ = ["Emulator", "EmulatorError", "ReceivedRequest", "Run", "StatusTime", "start_emulator"]
