"""Statuses, reports and alerts in, data formats out."""
