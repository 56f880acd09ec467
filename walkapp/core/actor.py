"""Who is asking. Made once a request; everything that decides takes it as an argument."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from .permissions import ROLE_PERMISSIONS, WALKER_PERMISSIONS, Permission, Role


class Kind(StrEnum):
    ANONYMOUS = "anonymous"
    WALKER = "walker"
    USER = "user"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    kind: Kind
    name: str = ""
    user_id: UUID | None = None
    role: Role | None = None
    unit_ids: frozenset[UUID] = field(default=frozenset())
    district_ids: frozenset[UUID] = field(default=frozenset())
    walk_id: UUID | None = None
    sign_in_id: UUID | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        if self.kind is Kind.SYSTEM:
            return frozenset(Permission)
        if self.kind is Kind.WALKER:
            return WALKER_PERMISSIONS
        return ROLE_PERMISSIONS[self.role] if self.role else frozenset()

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def sees_everything(self) -> bool:
        return self.kind is Kind.SYSTEM or self.role in (Role.ADMIN, Role.LEADER, Role.OFFICIAL)


ANONYMOUS = Actor(Kind.ANONYMOUS)
SYSTEM = Actor(Kind.SYSTEM, name="walkapp")
