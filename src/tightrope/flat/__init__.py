"""One flat table of payments becomes a data package that its owner goes on editing.

`package` reads a `.csv` or `.xlsx` with a row a payment and writes all tables of the schema, and
`ASSUMED.md`, the list of what the table did not say. Whatever is wrong is said at once.
"""

from tightrope.flat.options import Options as Options
from tightrope.flat.options import Written as Written
from tightrope.flat.writing import package as package
