#include "analysis/report/attack_price.h"
#include "analysis/report/html_sections.h"
#include "analysis/report/html_text.h"

namespace peerlab {

std::string html_price(const PagePart& part) {
  if (!part.result->price || part.result->price->rows.empty()) return "";
  const PriceTable& price = *part.result->price;
  ChartTable table{{"success", "system", "k50", "k95", "successes by budget"}, {}};
  for (const PriceTable::Row& row : price.rows) {
    table.rows.push_back({row.success, row.system, price_in_words(row.k50, price), price_in_words(row.k95, price),
                          successes_in_words(row, price)});
  }
  return "<h3>What it takes</h3>\n" + html_table(table, "The price of the attack") + "<p class=\"note\">" +
         html_prose(price_explained(price)) + "</p>\n";
}

}  // namespace peerlab
