"""What shares a fixture of its module stays in one process when the run is spread over several."""

import pytest


@pytest.fixture(scope="module")
def shared() -> object:
    return object()


def test_a_test_with_a_fixture_of_its_module_goes_with_its_group(
    request: pytest.FixtureRequest, shared: object
) -> None:
    # Told apart by the suffix alone: a version of pytest that ignores it boots two guests at once.
    is_spread = request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@test_groups") == bool(is_spread)
