"""Imported invoices with what they did, what was learned of them, and the serials still to be scanned."""

from store.migrations.dialect import create


def up(_migrator, db):
    create(
        db,
        """CREATE TABLE invoice (
            id {id},
            format TEXT NOT NULL,
            family TEXT NOT NULL CHECK (family IN ('invoice', 'despatch', 'pro_forma')),
            kind TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'imported', 'reversed')),
            number TEXT NOT NULL,
            number_key TEXT,
            seller_key TEXT,
            ksef_number TEXT,
            seller_tax_id TEXT NOT NULL,
            seller_name TEXT NOT NULL,
            buyer_tax_id TEXT NOT NULL,
            buyer_name TEXT NOT NULL,
            holder_tax_id TEXT NOT NULL,
            holder_name TEXT NOT NULL,
            holder_address TEXT NOT NULL,
            direction TEXT NOT NULL CHECK (direction IN ('sale', 'purchase', 'undecided')),
            doubt TEXT,
            route_settled BOOLEAN NOT NULL,
            party_id BIGINT REFERENCES party (id),
            issued_on DATE,
            delivered_on DATE,
            currency TEXT NOT NULL,
            corrects TEXT NOT NULL,
            line_count INTEGER NOT NULL CHECK (line_count >= 0),
            questions INTEGER NOT NULL CHECK (questions >= 0),
            received_at {timestamp} NOT NULL,
            received_by_id BIGINT NOT NULL REFERENCES operator (id),
            received_name TEXT NOT NULL,
            imported_at {timestamp},
            imported_by_id BIGINT REFERENCES operator (id),
            imported_name TEXT,
            reversed_at {timestamp},
            reversed_by_id BIGINT REFERENCES operator (id),
            reversed_name TEXT,
            reason TEXT NOT NULL,
            CHECK ((number_key IS NULL) = (seller_key IS NULL)),
            CHECK (number_key <> '' AND seller_key <> '' AND ksef_number <> ''),
            CHECK (state <> 'imported' OR (imported_at IS NOT NULL AND questions = 0)),
            CHECK ((state = 'reversed') = (reversed_at IS NOT NULL)),
            CHECK (state = 'waiting' OR direction <> 'undecided')
        )""",
        "CREATE UNIQUE INDEX invoice_number ON invoice (seller_key, number_key, family) "
        "WHERE number_key IS NOT NULL",
        "CREATE UNIQUE INDEX invoice_ksef ON invoice (ksef_number) WHERE ksef_number IS NOT NULL",
        "CREATE INDEX invoice_list ON invoice (state, id)",
        "CREATE INDEX invoice_party ON invoice (party_id)",
        """CREATE TABLE invoice_file (
            id {id},
            invoice_id BIGINT NOT NULL REFERENCES invoice (id),
            content_hash TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            format TEXT NOT NULL,
            options TEXT NOT NULL,
            data {blob} NOT NULL,
            received_at {timestamp} NOT NULL
        )""",
        "CREATE INDEX invoice_file_invoice ON invoice_file (invoice_id)",
        """CREATE TABLE invoice_line (
            id {id},
            invoice_id BIGINT NOT NULL REFERENCES invoice (id),
            position INTEGER NOT NULL CHECK (position > 0),
            number TEXT NOT NULL,
            name TEXT NOT NULL,
            seller_index TEXT NOT NULL,
            buyer_index TEXT NOT NULL,
            gtin TEXT NOT NULL,
            quantity TEXT NOT NULL,
            unit TEXT NOT NULL,
            price TEXT NOT NULL,
            why TEXT NOT NULL,
            product_id BIGINT REFERENCES product (id),
            matched_by TEXT NOT NULL CHECK (matched_by IN
                ('', 'gtin', 'seller_index', 'buyer_index', 'learned', 'chosen', 'created')),
            decision TEXT NOT NULL CHECK (decision IN ('', 'take', 'skip')),
            offers TEXT NOT NULL CHECK (offers IN ('', 'take', 'leave')),
            question TEXT NOT NULL,
            serials TEXT NOT NULL,
            placed BIGINT NOT NULL CHECK (placed >= 0),
            returned BIGINT NOT NULL CHECK (returned >= 0),
            covered BIGINT NOT NULL CHECK (covered >= 0),
            pending BIGINT NOT NULL CHECK (pending >= 0),
            ordered BIGINT NOT NULL CHECK (ordered >= 0),
            UNIQUE (invoice_id, position),
            CHECK ((product_id IS NULL) = (matched_by = '') OR decision = 'skip'),
            CHECK (product_id IS NOT NULL
                   OR (placed = 0 AND returned = 0 AND covered = 0 AND pending = 0 AND ordered = 0))
        )""",
        "CREATE INDEX invoice_line_product ON invoice_line (product_id)",
        """CREATE TABLE invoice_document (
            id {id},
            invoice_id BIGINT NOT NULL REFERENCES invoice (id),
            document_id BIGINT NOT NULL REFERENCES document (id),
            role TEXT NOT NULL CHECK (role IN
                ('placed', 'returned', 'delivery', 'linked', 'other', 'reversal')),
            UNIQUE (invoice_id, document_id)
        )""",
        "CREATE INDEX invoice_document_document ON invoice_document (document_id)",
        """CREATE TABLE invoice_cover (
            id {id},
            invoice_line_id BIGINT NOT NULL REFERENCES invoice_line (id),
            document_line_id BIGINT NOT NULL REFERENCES document_line (id),
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            UNIQUE (invoice_line_id, document_line_id)
        )""",
        "CREATE INDEX invoice_cover_document ON invoice_cover (document_line_id)",
        """CREATE TABLE learned_match (
            id {id},
            seller_id BIGINT NOT NULL REFERENCES party (id),
            kind TEXT NOT NULL CHECK (kind IN ('gtin', 'seller_index', 'buyer_index', 'name')),
            key TEXT NOT NULL CHECK (key <> ''),
            product_id BIGINT REFERENCES product (id),
            learned_at {timestamp} NOT NULL,
            learned_by_id BIGINT NOT NULL REFERENCES operator (id),
            UNIQUE (seller_id, kind, key)
        )""",
        """CREATE TABLE pending_serial (
            id {id},
            party_id BIGINT NOT NULL REFERENCES party (id),
            product_id BIGINT NOT NULL REFERENCES product (id),
            location_id BIGINT NOT NULL REFERENCES location (id),
            invoice_line_id BIGINT REFERENCES invoice_line (id),
            source TEXT NOT NULL,
            quantity BIGINT NOT NULL CHECK (quantity > 0 AND quantity / 1000 * 1000 = quantity),
            filled BIGINT NOT NULL CHECK (filled >= 0 AND filled / 1000 * 1000 = filled),
            dropped BIGINT NOT NULL CHECK (dropped >= 0 AND dropped / 1000 * 1000 = dropped),
            announced TEXT NOT NULL,
            unit_price BIGINT,
            opened_at {timestamp} NOT NULL,
            CHECK (filled + dropped <= quantity)
        )""",
        "CREATE INDEX pending_serial_open ON pending_serial (party_id, product_id, id) "
        "WHERE filled + dropped < quantity",
        "CREATE INDEX pending_serial_line ON pending_serial (invoice_line_id)",
        """CREATE TABLE csv_mapping (
            id {id},
            sender_key TEXT NOT NULL UNIQUE CHECK (sender_key <> ''),
            sender TEXT NOT NULL,
            mapping TEXT NOT NULL,
            saved_at {timestamp} NOT NULL,
            saved_by_id BIGINT NOT NULL REFERENCES operator (id)
        )""",
        "CREATE INDEX party_tax ON party "
        "(replace(replace(replace(upper(tax_id), '-', ''), ' ', ''), 'PL', ''))",
    )
