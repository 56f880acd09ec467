"""The first tables: districts, people, promises, walks, observations, photos, actions, jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "districts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("municipality", sa.String(length=120), nullable=False),
        sa.Column("sort", sa.Integer(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=False),
        sa.Column("west", sa.Double(), nullable=False),
        sa.Column("south", sa.Double(), nullable=False),
        sa.Column("east", sa.Double(), nullable=False),
        sa.Column("north", sa.Double(), nullable=False),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("west <= east AND south <= north", name=op.f("ck_districts_box")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_districts")),
        sa.UniqueConstraint("slug", name=op.f("uq_districts_slug")),
    )
    op.create_table(
        "pledges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=300), nullable=False),
        sa.Column("wording", sa.String(32), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_pledges_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledges")),
        sa.UniqueConstraint("slug", name=op.f("uq_pledges_slug")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("slug", name=op.f("uq_units_slug")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "one_time_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_one_time_links_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_links_token_hash")),
    )
    op.create_index(op.f("ix_one_time_links_user_id"), "one_time_links", ["user_id"], unique=False)

    op.create_table(
        "promises",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_promises_pledge_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
        sa.UniqueConstraint("pledge_id", "number", name=op.f("uq_promises_pledge_id_number")),
    )
    op.create_table(
        "user_districts",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("district_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_id"], ["districts.id"], name=op.f("fk_user_districts_district_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_districts_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "district_id", name=op.f("pk_user_districts")),
    )
    op.create_table(
        "user_units",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_user_units_unit_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_units_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "unit_id", name=op.f("pk_user_units")),
    )
    op.create_table(
        "walks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.Uuid(), nullable=True),
        sa.Column("light", sa.String(32), nullable=False),
        sa.Column("meeting_place", sa.String(length=200), nullable=False),
        sa.Column("expected_walkers", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_walks_created_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["district_id"], ["districts.id"], name=op.f("fk_walks_district_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walks")),
        sa.UniqueConstraint("code", name=op.f("uq_walks_code")),
    )
    op.create_index(op.f("ix_walks_district_id"), "walks", ["district_id"], unique=False)
    op.create_index(op.f("ix_walks_starts_at"), "walks", ["starts_at"], unique=False)

    op.create_table(
        "promise_themes",
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(32), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledges.id"], name=op.f("fk_promise_themes_pledge_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promises.id"], name=op.f("fk_promise_themes_promise_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("promise_id", "theme", name=op.f("pk_promise_themes")),
        sa.UniqueConstraint("pledge_id", "theme", name=op.f("uq_promise_themes_pledge_id_theme")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("walk_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(user_id IS NULL) <> (walk_id IS NULL)", name=op.f("ck_sign_ins_user_or_walk")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["walk_id"], ["walks.id"], name=op.f("fk_sign_ins_walk_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    op.create_index(op.f("ix_sign_ins_user_id"), "sign_ins", ["user_id"], unique=False)
    op.create_index(op.f("ix_sign_ins_walk_id"), "sign_ins", ["walk_id"], unique=False)

    op.create_table(
        "stops",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("walk_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["walk_id"], ["walks.id"], name=op.f("fk_stops_walk_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stops")),
        sa.UniqueConstraint("walk_id", "number", name=op.f("uq_stops_walk_id_number")),
    )
    op.create_index(op.f("ix_stops_walk_id"), "stops", ["walk_id"], unique=False)

    op.create_table(
        "observations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("walk_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=True),
        sa.Column("receipt", sa.String(length=32), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("feeling", sa.String(32), nullable=True),
        sa.Column("light", sa.String(32), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("place_method", sa.String(32), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("stop_id", sa.Uuid(), nullable=True),
        sa.Column("map_key", sa.BigInteger(), nullable=True),
        sa.Column("district_id", sa.Uuid(), nullable=True),
        sa.Column("district_flag", sa.String(32), nullable=False),
        sa.Column("observed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["district_id"], ["districts.id"], name=op.f("fk_observations_district_id")),
        sa.ForeignKeyConstraint(
            ["sign_in_id"], ["sign_ins.id"], name=op.f("fk_observations_sign_in_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["stop_id"], ["stops.id"], name=op.f("fk_observations_stop_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["walk_id"], ["walks.id"], name=op.f("fk_observations_walk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
        sa.UniqueConstraint("receipt", name=op.f("uq_observations_receipt")),
    )
    op.create_index(op.f("ix_observations_district_id"), "observations", ["district_id"], unique=False)
    op.create_index(op.f("ix_observations_map_key"), "observations", ["map_key"], unique=False)
    op.create_index(op.f("ix_observations_observed_at"), "observations", ["observed_at"], unique=False)
    op.create_index(op.f("ix_observations_received_at"), "observations", ["received_at"], unique=False)
    op.create_index(op.f("ix_observations_sign_in_id"), "observations", ["sign_in_id"], unique=False)
    op.create_index(op.f("ix_observations_walk_id"), "observations", ["walk_id"], unique=False)

    op.create_table(
        "photos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("upload_sha256", sa.String(length=64), nullable=False),
        sa.Column("full_key", sa.String(length=64), nullable=False),
        sa.Column("thumb_key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=True),
        sa.Column("walk_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sign_in_id"], ["sign_ins.id"], name=op.f("fk_photos_sign_in_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["walk_id"], ["walks.id"], name=op.f("fk_photos_walk_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
    )
    op.create_index(op.f("ix_photos_full_key"), "photos", ["full_key"], unique=False)
    op.create_index(op.f("ix_photos_sign_in_id"), "photos", ["sign_in_id"], unique=False)
    op.create_index(op.f("ix_photos_thumb_key"), "photos", ["thumb_key"], unique=False)
    op.create_index(op.f("ix_photos_uploaded_at"), "photos", ["uploaded_at"], unique=False)
    op.create_index(op.f("ix_photos_walk_id"), "photos", ["walk_id"], unique=False)

    op.create_table(
        "actions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("theme", sa.String(32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("west", sa.Double(), nullable=True),
        sa.Column("south", sa.Double(), nullable=True),
        sa.Column("east", sa.Double(), nullable=True),
        sa.Column("north", sa.Double(), nullable=True),
        sa.Column("place_key", sa.String(length=300), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("district_id", sa.Uuid(), nullable=True),
        sa.Column("promise_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_by_hand", sa.Boolean(), nullable=False),
        sa.Column("cost_class", sa.String(32), nullable=True),
        sa.Column("estimate", sa.Integer(), nullable=True),
        sa.Column("wait_until", sa.Date(), nullable=True),
        sa.Column("forwarded_to", sa.String(length=200), nullable=False),
        sa.Column("decision", sa.String(length=200), nullable=False),
        sa.Column("decline_reason", sa.String(32), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("after_photo_id", sa.Uuid(), nullable=True),
        sa.Column("override", sa.Integer(), nullable=True),
        sa.Column("owner_note", sa.Text(), nullable=False),
        sa.Column("before_id", sa.Uuid(), nullable=True),
        sa.Column("returned_from_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_actions_position")),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_actions_merged_into_another")),
        sa.ForeignKeyConstraint(["after_photo_id"], ["photos.id"], name=op.f("fk_actions_after_photo_id")),
        sa.ForeignKeyConstraint(["before_id"], ["actions.id"], name=op.f("fk_actions_before_id")),
        sa.ForeignKeyConstraint(["district_id"], ["districts.id"], name=op.f("fk_actions_district_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["actions.id"], name=op.f("fk_actions_merged_into_id")),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_actions_promise_id")),
        sa.ForeignKeyConstraint(["returned_from_id"], ["actions.id"], name=op.f("fk_actions_returned_from_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_actions_unit_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("number", name=op.f("uq_actions_number")),
    )
    op.create_index(op.f("ix_actions_before_id"), "actions", ["before_id"], unique=False)
    op.create_index(op.f("ix_actions_district_id"), "actions", ["district_id"], unique=False)
    op.create_index(op.f("ix_actions_merged_into_id"), "actions", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_actions_place_key"), "actions", ["place_key"], unique=False)
    op.create_index(op.f("ix_actions_promise_id"), "actions", ["promise_id"], unique=False)
    op.create_index(op.f("ix_actions_state"), "actions", ["state"], unique=False)
    op.create_index(op.f("ix_actions_theme_lat"), "actions", ["theme", "lat"], unique=False)
    op.create_index(op.f("ix_actions_unit_id"), "actions", ["unit_id"], unique=False)

    op.create_table(
        "observation_photos",
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["observation_id"],
            ["observations.id"],
            name=op.f("fk_observation_photos_observation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("observation_id", "photo_id", name=op.f("pk_observation_photos")),
    )
    op.create_index(op.f("ix_observation_photos_photo_id"), "observation_photos", ["photo_id"], unique=False)

    op.create_table(
        "observation_themes",
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["observation_id"],
            ["observations.id"],
            name=op.f("fk_observation_themes_observation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["promise_id"], ["promises.id"], name=op.f("fk_observation_themes_promise_id")),
        sa.PrimaryKeyConstraint("observation_id", "theme", name=op.f("pk_observation_themes")),
    )
    op.create_index(op.f("ix_observation_themes_promise_id"), "observation_themes", ["promise_id"], unique=False)

    op.create_table(
        "action_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("verb", sa.String(32), nullable=False),
        sa.Column("was", sa.String(32), nullable=True),
        sa.Column("became", sa.String(32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_events_action_id")),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["users.id"], name=op.f("fk_action_events_actor_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["other_id"], ["actions.id"], name=op.f("fk_action_events_other_id")),
        sa.ForeignKeyConstraint(["undoes_id"], ["action_events.id"], name=op.f("fk_action_events_undoes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_events")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_action_events_undoes_id")),
    )
    op.create_index(op.f("ix_action_events_action_id"), "action_events", ["action_id"], unique=False)
    op.create_index(op.f("ix_action_events_at"), "action_events", ["at"], unique=False)
    op.create_index(op.f("ix_action_events_other_id"), "action_events", ["other_id"], unique=False)

    op.create_table(
        "action_observations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("theme", sa.String(32), nullable=False),
        sa.Column("distance_m", sa.Double(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_observations_action_id")),
        sa.ForeignKeyConstraint(
            ["linked_by"], ["users.id"], name=op.f("fk_action_observations_linked_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["observation_id"],
            ["observations.id"],
            name=op.f("fk_action_observations_observation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_observations")),
        sa.UniqueConstraint("observation_id", "theme", name=op.f("uq_action_observations_observation_id_theme")),
    )
    op.create_index(op.f("ix_action_observations_action_id"), "action_observations", ["action_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_action_observations_action_id"), table_name="action_observations")

    op.drop_table("action_observations")
    op.drop_index(op.f("ix_action_events_other_id"), table_name="action_events")
    op.drop_index(op.f("ix_action_events_at"), table_name="action_events")
    op.drop_index(op.f("ix_action_events_action_id"), table_name="action_events")

    op.drop_table("action_events")
    op.drop_index(op.f("ix_observation_themes_promise_id"), table_name="observation_themes")

    op.drop_table("observation_themes")
    op.drop_index(op.f("ix_observation_photos_photo_id"), table_name="observation_photos")

    op.drop_table("observation_photos")
    op.drop_index(op.f("ix_actions_unit_id"), table_name="actions")
    op.drop_index(op.f("ix_actions_theme_lat"), table_name="actions")
    op.drop_index(op.f("ix_actions_state"), table_name="actions")
    op.drop_index(op.f("ix_actions_promise_id"), table_name="actions")
    op.drop_index(op.f("ix_actions_place_key"), table_name="actions")
    op.drop_index(op.f("ix_actions_merged_into_id"), table_name="actions")
    op.drop_index(op.f("ix_actions_district_id"), table_name="actions")
    op.drop_index(op.f("ix_actions_before_id"), table_name="actions")

    op.drop_table("actions")
    op.drop_index(op.f("ix_photos_walk_id"), table_name="photos")
    op.drop_index(op.f("ix_photos_uploaded_at"), table_name="photos")
    op.drop_index(op.f("ix_photos_thumb_key"), table_name="photos")
    op.drop_index(op.f("ix_photos_sign_in_id"), table_name="photos")
    op.drop_index(op.f("ix_photos_full_key"), table_name="photos")

    op.drop_table("photos")
    op.drop_index(op.f("ix_observations_walk_id"), table_name="observations")
    op.drop_index(op.f("ix_observations_sign_in_id"), table_name="observations")
    op.drop_index(op.f("ix_observations_received_at"), table_name="observations")
    op.drop_index(op.f("ix_observations_observed_at"), table_name="observations")
    op.drop_index(op.f("ix_observations_map_key"), table_name="observations")
    op.drop_index(op.f("ix_observations_district_id"), table_name="observations")

    op.drop_table("observations")
    op.drop_index(op.f("ix_stops_walk_id"), table_name="stops")

    op.drop_table("stops")
    op.drop_index(op.f("ix_sign_ins_walk_id"), table_name="sign_ins")
    op.drop_index(op.f("ix_sign_ins_user_id"), table_name="sign_ins")

    op.drop_table("sign_ins")
    op.drop_table("promise_themes")
    op.drop_index(op.f("ix_walks_starts_at"), table_name="walks")
    op.drop_index(op.f("ix_walks_district_id"), table_name="walks")

    op.drop_table("walks")
    op.drop_table("user_units")
    op.drop_table("user_districts")
    op.drop_table("promises")
    op.drop_index(op.f("ix_one_time_links_user_id"), table_name="one_time_links")

    op.drop_table("one_time_links")
    op.drop_table("users")
    op.drop_table("units")
    op.drop_table("pledges")
    op.drop_table("districts")
