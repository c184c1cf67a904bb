"""What happens to a digest that is treated badly: `python -m tests.reliability`."""
