"""The state of a deal, which says how far its lines are."""

from store.models.sql import execute


def settle_state(deal_id: int) -> None:
    """Let the state of a final deal say how far its lines are."""
    execute(
        """
        UPDATE deal SET state = (
            SELECT CASE WHEN sum(n.quantity - n.delivered - n.dropped) = 0 THEN 'done'
                        WHEN sum(n.delivered) > 0 THEN 'partly' ELSE 'open' END
            FROM deal_line n WHERE n.deal_id = deal.id)
        WHERE id = :deal_id AND state IN ('open', 'partly')
        """,
        deal_id=deal_id,
    )
