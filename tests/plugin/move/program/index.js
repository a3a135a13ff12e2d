// The scenario writes this file again.
