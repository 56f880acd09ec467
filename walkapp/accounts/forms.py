"""The forms about people, units and signing in."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, PasswordField, RadioField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from walkapp.core.permissions import Role
from walkapp.districts.models import District
from walkapp.web.forms import Form, Line, ValidationError, at_most, choices, needed

from .models import Unit, UnitKind, User

KINDS = {
    UnitKind.MUNICIPAL: _("Kommunens enhet"),
    UnitKind.COMPANY: _("Kommunalt bolag"),
    UnitKind.OUTSIDE: _("Utomstående, till exempel Trafikverket"),
}

REACH = {
    Role.ADMIN: _("Administratör: allt, och konton och enheter"),
    Role.LEADER: _("Samordnare: planerar och leder vandringar, verifierar åtgärder"),
    Role.STAFF: _("Handläggare: arbetar med sina enheters åtgärder"),
    Role.OFFICIAL: _("Läsare: ser karta, åtgärdsplan och vandringar"),
}


class MultiCheckboxField(SelectMultipleField):
    """Any number of the choices, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SignInForm(Form):
    email = Line(_("E-post"), limit=254, validators=[needed("Skriv din e-postadress.")])
    password = PasswordField(_("Lösenord"), [needed("Skriv ditt lösenord."), at_most(200)])


class PasswordForm(Form):
    current = PasswordField(_("Nuvarande lösenord"), [at_most(200)])
    password = PasswordField(_("Nytt lösenord"), [needed("Skriv ett nytt lösenord."), at_most(200)])
    again = PasswordField(
        _("Nytt lösenord en gång till"), [needed("Skriv det nya lösenordet en gång till."), at_most(200)]
    )

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.password.data:
            raise ValidationError("De två nya lösenorden är inte lika.")


class UserForm(Form):
    name = Line(_("Namn eller titel"), limit=120, validators=[needed("Skriv ett namn eller en titel.")])
    email = Line(_("E-post"), limit=254, validators=[needed("Skriv en e-postadress.")])
    role = RadioField(
        _("Roll"),
        [needed("Välj en roll.")],
        choices=choices(reversed(REACH.items())),
    )
    units = MultiCheckboxField(_("Enheter"))
    districts = MultiCheckboxField(_("Områden"))
    active = BooleanField(_("Kontot är öppet"), default=True)

    def offer(self, units: Iterable[Unit], districts: Iterable[District]) -> None:
        """What there is to choose from."""
        self.units.choices = choices((unit.id, unit.name) for unit in units)
        self.districts.choices = choices((district.id, district.name) for district in districts)

    def chosen(self, units: Iterable[Unit]) -> list[Unit]:
        return [unit for unit in units if str(unit.id) in (self.units.data or ())]

    @staticmethod
    def facts(user: User) -> dict[str, Any]:
        """An account as the form shows it."""
        return {
            "name": user.name,
            "email": user.email,
            "role": user.role.value,
            "units": [str(unit.id) for unit in user.units],
            "districts": [str(district.id) for district in user.districts],
            "active": user.active,
        }


class UnitForm(Form):
    name = Line(_("Namn"), limit=120, validators=[needed("Ge enheten ett namn.")])
    kind = SelectField(_("Slag"), choices=choices(KINDS.items()))
