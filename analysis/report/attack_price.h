// The price of an attack that must be run again for every budget: k50 and k95, and how the share of successes grows.
//
// A replication draws its machines in one random order (`choose: random`), of which a larger budget takes more, and meets the same
// users, network and chance at every budget: so it has a threshold, the smallest budget tried that succeeds. k50 and k95 are
// the smallest budgets at which at least 50 and 95 % of the replications have got there; their interval ends where Wilson's 95 %
// interval of that share reaches it and where it lies above it. A replication in which a larger budget fails after a smaller one
// succeeded counts from the smaller one on, and the table says that there were such.
#pragma once

#include <string>
#include <vector>

#include "analysis/report/price_table.h"
#include "analysis/report/terminal.h"

namespace peerlab {

/// One replication: success or not by budget, in the order of `budgets`, which rises. No figure at a budget: no success there.
using Attempt = std::vector<bool>;
/// The row of one criterion in one system.
PriceTable::Row price_row(std::string system, std::string success, const std::vector<double>& budgets,
                          const std::vector<Attempt>& attempts);

/// A table for a terminal, ending in a line feed; empty without rows.
std::string print_price(const PriceTable& price, const TerminalStyle& style);
/// `4 machines [2, 8]`; `beyond 16 machines` where no budget that was tried is enough.
std::string price_in_words(const PriceTable::Quantile& quantile, const PriceTable& price);
/// `10 % to 40 %: 0 of 8, 3 of 8, 8 of 8`: the successes by budget.
std::string successes_in_words(const PriceTable::Row& row, const PriceTable& price);
/// How the table is to be read, and where a larger budget failed, as sentences.
std::string price_explained(const PriceTable& price);

}  // namespace peerlab
