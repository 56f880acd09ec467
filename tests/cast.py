"""The people of the tests. Each has one role; what they may do is what the tests are about."""

from dataclasses import dataclass, field

from walkapp.core.permissions import Role


@dataclass(frozen=True)
class Person:
    name: str
    role: Role
    units: tuple[str, ...] = ()
    districts: tuple[str, ...] = field(default=())

    @property
    def email(self) -> str:
        return f"{self.name}@example.org"


ADA = Person("ada", Role.ADMIN)
LENA = Person("lena", Role.LEADER)
STEN = Person("sten", Role.STAFF, units=("park",))
OLOF = Person("olof", Role.OFFICIAL)
EVERYBODY = (ADA, LENA, STEN, OLOF)
