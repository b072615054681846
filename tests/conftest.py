"""What holds for all tests. Must stay as small as this."""

from playwright.sync_api import expect

# Browsers, gateways and databases share two cores in a whole run. What must be quick has its own, stricter test.
expect.set_options(timeout=20_000)
