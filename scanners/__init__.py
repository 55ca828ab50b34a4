"""From a device or a terminal to a `Scan`: agent, decoder, wedge, serial mode, symbologies."""
