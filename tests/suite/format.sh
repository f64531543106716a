#!/bin/sh
# The layout of the C++ sources is that of .clang-format. `clang-format -i FILE` mends what this names.
set -u

command -v clang-format >/dev/null || { echo "skipped: there is no clang-format here"; exit 77; }
case $(clang-format --version) in
  *"version 14."*) ;;
  *) echo "skipped: layouts differ between versions, and this is not clang-format 14"; exit 77 ;;
esac

# What git knows, where this is a git checkout; otherwise all there is.
sources=$(git ls-files -- '*.h' '*.cpp' 2>/dev/null)
[ -n "$sources" ] || sources=$(find models analysis sim tests bench -name '*.h' -o -name '*.cpp')

# Each wrong place is a line FILE:LINE:COLUMN: error: ...; a file that git knows may be gone from the disk.
report=$(for source in $sources; do [ ! -f "$source" ] || echo "$source"; done |
  xargs -r clang-format --dry-run -Werror 2>&1) && exit 0
wrong=$(printf '%s\n' "$report" | sed -n 's/^\([^:]*\):[0-9]*:[0-9]*: error: .*/\1/p' | sort -u | tr '\n' ' ')
[ -n "$wrong" ] || { printf '%s\n' "$report"; exit 1; }
echo "not in the layout of .clang-format. Mend with:  clang-format -i $wrong"
exit 1
