"""Shorter claims, so that a proof need not wait minutes for each killed worker. The worker includes this module."""

from datetime import timedelta

from cases import claims

claims.CLAIM = timedelta(seconds=3)
claims.RENEWED_SECONDS = 0.75
