"""Translation engines, one file each, behind the interface in ``base``; ``registry`` names them."""
