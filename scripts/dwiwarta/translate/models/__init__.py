"""Models of engines that run on this machine: fetching, keeping, checking and running them."""
