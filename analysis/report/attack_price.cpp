#include "analysis/report/attack_price.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/report/layout.h"
#include "analysis/report/words.h"

namespace peerlab {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

PriceTable::Quantile quantile_of(const std::vector<PriceTable::At>& got_there, double p) {
  PriceTable::Quantile q{never, never, never};
  for (const PriceTable::At& at : got_there) {
    if (std::isinf(q.low) && at.share.high >= p) q.low = at.k;
    if (std::isinf(q.k) && static_cast<double>(at.successes) >= p * static_cast<double>(at.attempts)) q.k = at.k;
    if (std::isinf(q.high) && at.share.low >= p) q.high = at.k;
  }
  return q;
}

std::string amount(double k, const PriceTable& price) { return in_words(k, price.unit); }

}  // namespace

PriceTable::Row price_row(std::string system, std::string success, const std::vector<double>& budgets,
                          const std::vector<Attempt>& attempts) {
  PriceTable::Row row;
  row.system = std::move(system);
  row.success = std::move(success);
  for (const Attempt& attempt : attempts) {
    const auto first = std::find(attempt.begin(), attempt.end(), true);
    const auto place = static_cast<std::size_t>(first - attempt.begin());
    row.thresholds.push_back(first == attempt.end() ? never : budgets[place]);
    row.fell_back += std::find(first, attempt.end(), false) == attempt.end() ? 0 : 1;
  }
  std::vector<PriceTable::At> got_there;
  const std::uint64_t all = attempts.size();
  for (std::size_t b = 0; b < budgets.size(); ++b) {
    const auto here = std::count_if(attempts.begin(), attempts.end(), [&](const Attempt& a) { return a[b]; });
    const auto by_then = std::count_if(row.thresholds.begin(), row.thresholds.end(),
                                       [&](double threshold) { return threshold <= budgets[b]; });
    const auto at = [&](std::int64_t hits) {
      const auto n = static_cast<std::uint64_t>(hits);
      return PriceTable::At{budgets[b], n, all, wilson(n, all)};
    };
    row.at.push_back(at(here));
    got_there.push_back(at(by_then));
  }
  row.k50 = quantile_of(got_there, 0.5);
  row.k95 = quantile_of(got_there, 0.95);
  return row;
}

std::string price_in_words(const PriceTable::Quantile& quantile, const PriceTable& price) {
  if (price.rows.empty() || price.rows.front().at.empty()) return "-";
  const std::vector<PriceTable::At>& tried = price.rows.front().at;
  const std::string beyond = "> " + amount(tried.back().k, price);
  const auto end = [&](double k) { return std::isinf(k) ? beyond : amount(k, price); };
  if (quantile.low == quantile.high) return end(quantile.k);
  return end(quantile.k) + " [" + end(quantile.low) + " .. " + end(quantile.high) + "]";
}

std::string successes_in_words(const PriceTable::Row& row, const PriceTable& price) {
  std::string out;
  for (const PriceTable::At& at : row.at) {
    const std::string many = price.unit == "share" ? amount(at.k, price) : fmt::format("{:g}", at.k);
    out += (out.empty() ? "" : ", ") + fmt::format("{}: {} of {}", many, at.successes, at.attempts);
  }
  return out;
}

std::string price_explained(const PriceTable& price) {
  std::string text =
      "k50 and k95 are the smallest budgets of those tried at which half, and 95 %, of the replications have "
      "succeeded; in brackets from where Wilson's 95 % interval of that share gets there until where it lies above. "
      "A replication takes its machines in one order at all budgets.";
  for (const PriceTable::Row& row : price.rows) {
    if (row.fell_back == 0) continue;
    text += fmt::format(
        " Not monotone: `{}` failed with a larger budget after a smaller one had succeeded in {} of {} "
        "replications, which count from the smaller one on.",
        row.success, row.fell_back, row.thresholds.size());
  }
  return text;
}

std::string print_price(const PriceTable& price, const TerminalStyle& style) {
  if (price.rows.empty()) return "";
  const std::size_t width = width_of(style);
  std::string out =
      painted(style, "1", "What it takes, " + (price.unit == "share" ? "as " + price.budget : "in " + price.unit)) +
      "\n";
  std::size_t label = 0;
  std::size_t first = columns("k50");
  for (const PriceTable::Row& row : price.rows) {
    label = std::max(label, columns(row.success));
    first = std::max(first, columns(price_in_words(row.k50, price)));
  }
  label = std::min(label, width / 2);
  out += padded("", label) + "  " + padded("k50", first) + "  k95\n";
  for (const PriceTable::Row& row : price.rows) {
    const std::string figures = padded(price_in_words(row.k50, price), first) + "  " + price_in_words(row.k95, price);
    if (columns(row.success) > label) {
      out += row.success + "\n" + padded("", label) + "  " + figures + "\n";
    } else {
      out += padded(row.success, label) + "  " + figures + "\n";
    }
    out += painted(style, "2", "  " + indented(wrapped(successes_in_words(row, price), width - 2), 2)) + "\n";
  }
  return out + wrapped(price_explained(price), width) + "\n";
}

}  // namespace peerlab
