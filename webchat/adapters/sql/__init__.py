"""The staff side's stores in one SQL database. Must be the only package that speaks SQL."""

from webchat.adapters.sql.accounts import SqlAccounts
from webchat.adapters.sql.approvals import SqlApprovals
from webchat.adapters.sql.audit import SqlAudit
from webchat.adapters.sql.database import Database, UnfitDatabase, prepare
from webchat.adapters.sql.sessions import SqlSessions
from webchat.staff import StaffStores

__all__ = ["Database", "UnfitDatabase", "prepare", "staff_stores"]


def staff_stores(database: Database) -> StaffStores:
    """The four stores over one database."""
    return StaffStores(SqlAccounts(database), SqlSessions(database), SqlApprovals(database), SqlAudit(database))
