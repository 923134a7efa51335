# SPDX-License-Identifier: GPL-2.0
#
# count.awk - judge one TAP stream
#
# Variables: ring (its name), status (what its command left with). Prints the
# failures with what was said about them, and a last line "COUNT passed failed
# skipped". What was planned and did not come is a failure; so are a number that
# comes twice or was not planned, a stream without a plan, and a command that
# fails without a case that says so.
function fail(text)
{
	failed++
	said = 1
	print ring ": " text
}

/^1\.\.[0-9]+/ {
	if (plans++)
		fail("more than one plan")
	plan = substr($1, 4) + 0
	next
}

/^(not )?ok( |$)/ {
	bad = $1 == "not"
	nr = bad ? $3 : $2
	nr = nr ~ /^[0-9]+$/ ? nr + 0 : ++unnumbered
	said = 0
	if (seen[nr]++)
		fail("case " nr " came twice: " $0)
	else if (bad)
		fail($0)
	else if (toupper($0) ~ /# SKIP/) {
		skipped++
		print ring ": " $0
	} else
		passed++
	if (nr > last)
		last = nr
	next
}

# what is said about a case follows it
/^ *#/ && said { print ring ":   " $0 }

END {
	if (!plans)
		fail("no plan")
	for (nr = 1; nr <= plan; nr++)
		if (!seen[nr])
			missing = missing " " nr
	gone = split(missing, unused, " ")
	if (gone) {
		print ring ": planned and did not come:" missing
		failed += gone
	}
	if (plans && last > plan)
		fail("case " last " was not planned (1.." plan ")")
	if (plans && !plan)
		fail("nothing was planned")
	if (status && !failed)
		fail("its command left with status " status)
	print "COUNT", passed + 0, failed + 0, skipped + 0
}
