"""What the pages on States show: plain values, put together from the models."""
