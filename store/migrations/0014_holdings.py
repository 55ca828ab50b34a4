"""What a party has, what was sold when, and numbers that look alike: each found by an index."""

from store.migrations.dialect import create, is_sqlite

# What eyes and fingers take for each other becomes one sign, and what stands between the signs falls out.
LOOK = {"O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2", "-": "", ".": "", "/": "", "_": ""}
NUMBERS = {"unit": "serial_key", "identifier": "key"}


def up(_migrator, db):
    sqlite = is_sqlite(db)
    # SQLite has the row's id at the end of every index.
    last = "" if sqlite else ", id"
    create(
        db,
        # The old columns first, so that it serves what the old one served, and counts warranties besides.
        "DROP INDEX unit_place",
        "CREATE INDEX unit_place ON unit (place_id, terms, product_id, warranty_until)",
        f"CREATE INDEX unit_held ON unit (place_id, product_id{last})",
        # Whose is not where it is, and may be another's: few among all.
        f"CREATE INDEX unit_elsewhere ON unit (owner_id, product_id{last}) "
        "WHERE terms IN ('held', 'borrowed', 'rented', 'service')",
        "CREATE INDEX balance_place ON balance (place_id, product_id)",
        "CREATE INDEX balance_owner ON balance (owner_id, product_id)",
        "CREATE INDEX movement_sold ON movement (effective_at, unit_id) WHERE to_terms = 'sold'",
        *(
            f"CREATE INDEX {table}_look ON {table} ({_look(column, sqlite)})"
            for table, column in NUMBERS.items()
        ),
    )


def _look(column, sqlite):
    if not sqlite:
        plain = {sign: to for sign, to in LOOK.items() if to}
        gone = "".join(sign for sign, to in LOOK.items() if not to)
        return f"translate({column}, '{''.join(plain)}{gone}', '{''.join(plain.values())}')"
    expression = column
    for sign, to in LOOK.items():
        expression = f"replace({expression}, '{sign}', '{to}')"
    return expression
