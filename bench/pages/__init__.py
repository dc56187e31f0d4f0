"""How the built pages load, what axe finds in them, and how other browsers take them."""
