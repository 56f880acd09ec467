"""What the domain refused, put back on the form that asked for it."""

from flask_wtf import FlaskForm

from walkapp.core.errors import DomainError


def refuse(form: FlaskForm, error: DomainError) -> None:
    """Each sentence beside its field; what belongs to no field of this form goes to its head."""
    told: dict[str, str] = getattr(error, "fields", {})
    for name, sentence in told.items():
        if name in form:
            form[name].errors = [*form[name].errors, sentence]
        else:
            form.form_errors.append(sentence)
    if not told:
        form.form_errors.append(error.sentence)
