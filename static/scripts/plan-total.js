// Says what hours at a price come to in a week, while they are typed. The portal reckons again when it saves.
for (const told of document.querySelectorAll("[data-total]")) {
  const quantity = document.getElementById("quantity");
  const price = document.getElementById("price");
  const pounds = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: "GBP" });
  const hundredths = (field) => {
    const trimmed = field.value.replace("£", "").trim();
    // As the portal reads it: a comma before 3 figures parts thousands, any other one is a point.
    const thousands = /^\d{1,3}([,\s]\d{3})+(\.\d+)?$/.test(trimmed);
    const typed = thousands ? trimmed.replace(/[,\s]/g, "") : trimmed.replace(",", ".");
    return /^\d+(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : NaN;
  };
  const reckon = () => {
    const pence = Math.floor((hundredths(quantity) * hundredths(price) + 50) / 100);
    told.hidden = Number.isNaN(pence);
    told.textContent = told.hidden ? "" : told.dataset.total.replace("%(sum)s", pounds.format(pence / 100));
  };
  quantity.addEventListener("input", reckon);
  price.addEventListener("input", reckon);
  reckon();
}
