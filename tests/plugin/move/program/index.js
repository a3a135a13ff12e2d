// Written anew by the scenario.
