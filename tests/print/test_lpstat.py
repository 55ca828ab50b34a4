"""What CUPS says of its queues, as it was recorded, taken apart."""

import pytest

from print.lpstat import Job, Printer, is_given_up, job_of, printer_of, troubles

STOPPED = """printer office disabled since Wed Nov 25 04:15:56 2026 -
	out of paper
	Form mounted:
	Content types: any
	Description: office
	Alerts: media-empty-error paused
	Users allowed:
		(all)
office-3                root              1024   Wed Nov 25 04:15:56 2026
	Status: out of paper
	Alerts: printer-stopped
	queued for office
office-30               root              1024   Wed Nov 25 04:15:57 2026
	Alerts: none
	queued for office
"""
WELL = """printer office now printing office-3.  enabled since Wed Nov 25 04:15:56 2026
	Alerts: none
"""
SILENT = """printer office disabled since Wed Nov 25 04:15:56 2026 -
	reason unknown
	Alerts: paused
"""


def test_a_job_is_found_by_its_whole_name() -> None:
    assert job_of(STOPPED, "office-3") == Job(status="out of paper", alerts=("printer-stopped",))
    assert job_of(STOPPED, "office-30") == Job()
    assert job_of(STOPPED, "office-4") is None
    assert job_of("", "office-3") is None


def test_a_printer_says_what_it_lacks() -> None:
    found = printer_of(STOPPED, "office")
    assert found == Printer(is_disabled=True, reason="out of paper", alerts=("media-empty-error", "paused"))
    assert troubles(found.alerts) == ("media-empty",)
    assert printer_of(SILENT, "office") == Printer(is_disabled=True, alerts=("paused",))
    assert printer_of(WELL, "office") == Printer()
    assert printer_of(WELL, "off") == Printer()


@pytest.mark.parametrize("severity", ["", "-error", "-warning", "-report"])
def test_what_stops_a_printer_is_known_whatever_its_severity(severity: str) -> None:
    assert troubles([f"offline{severity}", f"offline{severity}", f"toner-low{severity}"]) == ("offline",)


@pytest.mark.parametrize("alert", ["job-canceled-by-user", "aborted-by-system"])
def test_a_job_given_up(alert: str) -> None:
    assert is_given_up(Job(alerts=(alert,)))
    assert not is_given_up(Job(alerts=("job-completed-successfully",)))
