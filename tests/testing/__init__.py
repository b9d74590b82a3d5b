"""Tests of the scripted endpoint."""
