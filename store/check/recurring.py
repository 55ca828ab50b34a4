"""Rules of recurring service: what is serviced again has a plan, and a task that a plan says it has."""

from store.check.rule import Rule
from store.domain.findings import FindingCode
from store.domain.recurring import PLANNED

RECURRING_RULES: tuple[Rule, ...] = (
    Rule(
        code=FindingCode.PLAN_MISSING,
        query="""
            SELECT u.id AS unit_id, u.serial FROM product p JOIN unit u ON u.product_id = p.id
            LEFT JOIN service_plan s ON s.unit_id = u.id
            WHERE (p.service_months IS NOT NULL OR p.service_meter IS NOT NULL) AND s.id IS NULL""",
    ),
    Rule(
        code=FindingCode.PLAN_TASK,
        query=f"""
            SELECT s.unit_id, u.serial FROM service_plan s JOIN unit u ON u.id = s.unit_id
            WHERE s.made AND NOT s.stale AND NOT EXISTS (
                SELECT 1 FROM task t WHERE t.unit_id = s.unit_id AND t.token LIKE '{PLANNED}%')""",
    ),
)
