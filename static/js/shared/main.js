/** Starts the small behaviours that any page may ask for by its data- attributes. */
import { start as autosubmit } from "./autosubmit.js";
import { start as confirm } from "./confirm.js";
import { start as copy } from "./copy.js";
import { start as dialogs } from "./dialogs.js";
import { start as errors } from "./error-summary.js";
import { start as flash } from "./flash.js";
import { start as menus } from "./menus.js";
import { start as scheme } from "./scheme.js";

for (const start of [autosubmit, confirm, copy, dialogs, errors, flash, menus, scheme]) start(document);
